using Scriban.Parsing;

namespace Sigma.Templates;

/// <summary>A mistake in a template.</summary>
/// <param name="Span">Its place.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it; null where the message says it.</param>
internal sealed record TemplateMistake(SourceSpan Span, string Message, string? Hint);

/// <summary>Reads users' templates. Scriban itself takes one that ends within <c>{{</c>, and shows a part of it or nothing.</summary>
internal static class TemplateReader
{
    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What places in it call it; null for no name.</param>
    /// <param name="mistake">The first mistake, from which what the parser says further on mostly follows; null if there is none.</param>
    /// <returns>The template, which must not be rendered with a mistake.</returns>
    public static Scriban.Template Read(string text, string? name, out TemplateMistake? mistake)
    {
        Scriban.Template template = Scriban.Template.Parse(text, name);
        LogMessage? error = template.Messages.FirstOrDefault(message => message.Type is ParserMessageType.Error);
        mistake = Unclosed(text, name) ?? (error is null ? null : new TemplateMistake(error.Span, error.Message, null));
        return template;
    }

    /// <summary>Finds what a template opens and does not close.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What places in it call it; null for no name.</param>
    public static TemplateMistake? Unclosed(string text, string? name = null)
    {
        SourceSpan? opened = null;
        string closing = "";
        foreach (Token token in new Lexer(text, name))
        {
            switch (token.Type)
            {
                case TokenType.CodeEnter:
                    opened = Whole(token);
                    closing = "}}";
                    break;
                case TokenType.EscapeEnter:
                    opened = Whole(token);
                    closing = $"}}{text[token.Start.Offset..(token.End.Offset + 1)].Trim('{', '~', '-')}}}";
                    break;
                case TokenType.CodeExit or TokenType.EscapeExit:
                    opened = null;
                    break;
                case TokenType.Invalid:
                    // A text within it is not closed, or worse: the parser says what.
                    return null;
            }
        }

        return opened is { } at ? new TemplateMistake(at, $"'{text[at.Start.Offset..(at.End.Offset + 1)]}' is not closed", $"close it with '{closing}'") : null;

        SourceSpan Whole(Token token) => new(name ?? "", token.Start, token.End);
    }
}
