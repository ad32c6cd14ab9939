using System.Text;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// <c>replace_string</c>: what a pattern finds in a text is replaced. A number that it changes becomes a
/// text; one that it does not change stays a number.
/// </summary>
/// <param name="pattern">What is replaced.</param>
/// <param name="replacement">What takes its place.</param>
/// <param name="skipSpecial">Whether only the literal parts between wildcards are looked at, one by one.</param>
/// <param name="interpretSpecial">Whether <c>*</c> and <c>?</c> in what comes out of a literal part are wildcards.</param>
internal sealed class ReplaceString(PipelinePattern pattern, PipelinePattern.Replacement replacement, bool skipSpecial, bool interpretSpecial) : ValueTransformation
{
    /// <summary>Reads <c>regex</c>, <c>replacement</c>, <c>skip_special</c> (false) and <c>interpret_special</c> (false).</summary>
    public static Transformation? Read(Parameters parameters)
    {
        bool skipSpecial = parameters.Flag("skip_special");
        bool interpretSpecial = parameters.Flag("interpret_special");
        YamlScalar? replacement = parameters.RequiredScalar("replacement");
        return parameters.RequiredScalar("regex") is { } regex
            && PipelinePattern.Compile(regex, atStart: false, parameters.Diagnostics) is { } pattern
            && replacement is not null
            && pattern.ReadReplacement(replacement, parameters.Diagnostics) is { } read
            ? new ReplaceString(pattern, read, skipSpecial, interpretSpecial)
            : null;
    }

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value)
    {
        switch (value)
        {
            case NumberValue number:
                string digits = pattern.Replace(number.Text, replacement);
                return digits == number.Text ? value : new StringValue(ItemValues.OfPlain(digits), false, value.Span);
            case StringValue text:
                SigmaString changed = SigmaString.Of(skipSpecial ? InLiterals(text.Text) : BetweenPlaceholders(text.Text));
                return changed.Equals(text.Text) ? value : text with { Text = changed };
            default:
                return value;
        }
    }

    private IEnumerable<StringPart> InLiterals(SigmaString text) => text.Parts.SelectMany(part =>
    {
        if (part.Kind is not PartKind.Literal)
        {
            return [part];
        }

        string changed = pattern.Replace(part.Text, replacement);
        return interpretSpecial && changed != part.Text
            ? ItemValues.OfPlain(changed).Parts
            : (IEnumerable<StringPart>)[part with { Text = changed }];
    });

    /// <summary>The text as a whole; placeholders are none of it, for what they stand for comes later.</summary>
    private List<StringPart> BetweenPlaceholders(SigmaString text)
    {
        var result = new List<StringPart>();
        var run = new List<StringPart>();
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is PartKind.Placeholder)
            {
                Flush();
                result.Add(part);
            }
            else
            {
                run.Add(part);
            }
        }

        if (run.Count > 0 || result.Count == 0)
        {
            Flush();
        }

        return result;

        void Flush()
        {
            string plain = ItemValues.Plain(run);
            string changed = pattern.Replace(plain, replacement);
            result.AddRange(changed == plain ? run : ItemValues.OfPlain(changed).Parts);
            run.Clear();
        }
    }
}

/// <summary>
/// <c>regex</c>: a text becomes a regular expression that says the same. Where no wildcard stands at an end
/// the expression is anchored there, since Sigma searches for regular expressions while a text must fit as a whole.
/// </summary>
internal sealed class ToRegex(string method) : ValueTransformation
{
    private static readonly string[] Methods = ["ignore_case_brackets", "ignore_case_flag", "plain"];

    /// <summary>Reads <c>method</c>: ignore_case_brackets (default), ignore_case_flag or plain, which lets case count.</summary>
    public static Transformation Read(Parameters parameters) => new ToRegex(parameters.Choice("method", Methods, Methods[0])!);

    /// <inheritdoc/>
    protected override Value Change(PipelineRun run, PipelineItem item, DetectionItem leaf, Value value)
    {
        if (value is not StringValue { Text.IsEmpty: false } text)
        {
            return value;
        }

        if (text.Text.HasPlaceholders)
        {
            run.Report(Diagnostic.TransformationInput(value.Span, item.Type, "it has a placeholder, which must be filled first"));
            return value;
        }

        var pattern = new StringBuilder();
        bool inner = false;
        for (int i = 0; i < text.Text.Parts.Length; i++)
        {
            StringPart part = text.Text.Parts[i];
            bool edge = i == 0 || i == text.Text.Parts.Length - 1;
            switch (part.Kind)
            {
                case PartKind.Many when edge:
                    break;
                case PartKind.Many:
                    inner = true;
                    pattern.Append(".*");
                    break;
                case PartKind.One:
                    inner = true;
                    pattern.Append('.');
                    break;
                default:
                    AppendLiteral(pattern, part.Text, method == "ignore_case_brackets" && !text.Cased);
                    break;
            }
        }

        string anchored = (text.Text.Parts[0].Kind is PartKind.Many ? "" : "^") + pattern + (text.Text.Parts[^1].Kind is PartKind.Many ? "" : @"\z");

        // A wildcard stands for line ends too, a dot only with the flag.
        RegexFlags flags = (inner ? RegexFlags.DotAll : RegexFlags.None)
            | (method == "ignore_case_flag" && !text.Cased ? RegexFlags.IgnoreCase : RegexFlags.None);
        return new RegexValue(SigmaString.OfLiteral(anchored.Length == 0 ? ".*" : anchored), flags, value.Span);
    }

    private static void AppendLiteral(StringBuilder pattern, string text, bool brackets)
    {
        foreach (char c in text)
        {
            char lower = char.ToLowerInvariant(c);
            char upper = char.ToUpperInvariant(c);
            if (brackets && lower != upper)
            {
                pattern.Append('[').Append(lower).Append(upper).Append(']');
            }
            else
            {
                pattern.Append(RegexText.Escape(c.ToString(), RegexDialect.Pcre));
            }
        }
    }
}
