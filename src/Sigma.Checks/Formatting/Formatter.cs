using Sigma.Checks.Fixing;

namespace Sigma.Checks.Formatting;

/// <summary>What became of a file.</summary>
/// <param name="Text">Its text in the usual form; as it was where that is not possible.</param>
/// <param name="Refusal">Why the text is as it was though it does not have the usual form; null if it has.</param>
internal sealed record FormattedFile(string Text, string? Refusal);

/// <summary>
/// Writes rule files in one form: the form that nearly all public rules have. Keys in the usual order, four blanks for each level, no empty
/// lines, no blanks inside of brackets and at line ends, one line end at the end. Comments stay with what they stand at. Quotes, and the
/// order of values, tags and modifiers, are the author's. A file is only changed if it provably means the same afterwards.
/// </summary>
internal static class Formatter
{
    private const string Broken = "it has errors; 'sigmac check' shows them";

    /// <summary>Formats a file.</summary>
    /// <param name="source">Its text.</param>
    public static FormattedFile Format(SourceText source)
    {
        IReadOnlyList<ReadDocument> before = RuleReader.Read(source);
        if (before.Any(document => document.Document is null && document.Diagnostics.Any(finding => finding.Severity is Severity.Error)))
        {
            return new FormattedFile(source.Text, Broken);
        }

        string text = source.Text;
        bool lone = LineEnds.HasLoneReturn(text);
        if (lone && text.Contains('\n'))
        {
            return new FormattedFile(text, "some of its lines end in a carriage return only, and others do not");
        }

        string lineEnd = lone ? "\r" : text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string formatted = Once(source, text.Replace(lineEnd, "\n", StringComparison.Ordinal));
        if (Once(source, formatted) != formatted)
        {
            return new FormattedFile(text, "its form is not one that sigmac can keep");
        }

        formatted = formatted.Replace("\n", lineEnd, StringComparison.Ordinal);
        if (formatted == text)
        {
            return new FormattedFile(text, null);
        }

        var after = new SourceText(source.Path, formatted, source.Limits);
        return SameValues(source, after) && PlanComparison.Same(before, RuleReader.Read(after))
            ? new FormattedFile(formatted, null)
            : new FormattedFile(text, "it is not proved that the rule stays what it is");
    }

    private static string Once(SourceText source, string text)
    {
        text = WithTightBrackets(new SourceText(source.Path, text, source.Limits));
        IReadOnlyList<YamlDocument> documents = YamlReader.Read(new SourceText(source.Path, text, source.Limits));
        if (documents.Any(document => document.Diagnostics.Any(finding => finding.Severity is Severity.Error)))
        {
            return text;
        }

        var lines = FormattedLines.Of(text, documents);
        return KeyOrder.Apply(lines, documents);
    }

    /// <summary><c>( a or b )</c> is <c>(a or b)</c>.</summary>
    private static string WithTightBrackets(SourceText source)
    {
        var edits = new List<TextEdit>();
        foreach (YamlDocument document in YamlReader.Read(source))
        {
            if ((document.Root as YamlMapping)?["detection"] is not YamlMapping detection)
            {
                continue;
            }

            foreach (YamlScalar condition in detection["condition"] is YamlSequence list ? list.Items.OfType<YamlScalar>() : detection["condition"] is YamlScalar one ? [one] : [])
            {
                string written = condition.Span.Characters.ToString();
                string tight = written.Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
                while (tight != written && (tight.Contains("( ", StringComparison.Ordinal) || tight.Contains(" )", StringComparison.Ordinal)))
                {
                    tight = tight.Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
                }

                if (tight != written && condition.Style is not ScalarStyle.Block && !written.Contains('\n'))
                {
                    edits.Add(Edits.Replace(condition.Span, tight));
                }
            }
        }

        return edits.Count == 0 ? source.Text : FixRun.Apply(source.Text, edits);
    }

    /// <summary>Whether the same keys have the same values, with their types; the order of the outermost keys, and blanks of conditions, may differ.</summary>
    private static bool SameValues(SourceText before, SourceText after)
    {
        YamlNode?[] first = [.. YamlReader.Read(before).Select(document => document.Root).Where(root => root is not null)];
        YamlNode?[] second = [.. YamlReader.Read(after).Select(document => document.Root).Where(root => root is not null)];
        return first.Length == second.Length && first.Zip(second).All(pair => (pair.First, pair.Second) switch
        {
            (YamlMapping x, YamlMapping y) => x.Entries.Count == y.Entries.Count && x.Entries.All(entry => y[entry.Name] is { } value && Same(entry.Value, value)),
            var (x, y) => Same(x!, y!),
        });
    }

    private static bool Same(YamlNode a, YamlNode b) => (a, b) switch
    {
        (YamlScalar x, YamlScalar y) => ScalarType.Of(x) == ScalarType.Of(y) && (x.Value == y.Value || Squeezed(x.Value) == Squeezed(y.Value)),
        (YamlSequence x, YamlSequence y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => Same(pair.First, pair.Second)),
        (YamlMapping x, YamlMapping y) => x.Entries.Count == y.Entries.Count && x.Entries.Zip(y.Entries).All(pair => pair.First.Name == pair.Second.Name && Same(pair.First.Value, pair.Second.Value)),
        _ => false,
    };

    /// <summary>Without blanks inside of brackets, which only conditions lose; their plans are compared too.</summary>
    private static string Squeezed(string text) => text.Contains('(') ? text.Replace(" ", "", StringComparison.Ordinal) : text;
}
