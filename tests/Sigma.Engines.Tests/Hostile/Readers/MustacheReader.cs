using Stubble.Core.Classes;
using Stubble.Core.Exceptions;
using Stubble.Core.Parser;
using Stubble.Core.Tokens;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>A mustache parser: the tags of a template, and the text between them.</summary>
internal static class MustacheReader
{
    /// <summary>Adds the tags to the structure, and the plain text to the texts.</summary>
    public static void Read(string template, string kind, Reading reading)
    {
        try
        {
            var text = new System.Text.StringBuilder();
            foreach (var token in Flat(MustacheParser.Parse(template, new Tags("{{", "}}")).Children))
            {
                switch (token)
                {
                    case LiteralToken literal:
                        text.Append(string.Concat(literal.Content.Select(slice => slice.ToString())));
                        break;
                    case InterpolationToken { Content: var name }:
                        reading.Texts.Add((kind + " tag", name.ToString()));
                        break;
                    case SectionToken { SectionName: var name }:
                        reading.Structure.Add($"{kind} section {name}");
                        break;
                    default:
                        reading.Structure.Add($"{kind} {token.GetType().Name}");
                        break;
                }
            }

            reading.Texts.Add((kind, text.ToString()));
        }
        catch (StubbleException refusal)
        {
            throw new Unreadable("mustache: " + refusal.Message);
        }
    }

    private static IEnumerable<MustacheToken> Flat(IEnumerable<MustacheToken> tokens) =>
        tokens.SelectMany(token => token is BlockToken block ? Flat(block.Children).Prepend(token) : [token]);
}
