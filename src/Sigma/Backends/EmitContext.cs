using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Backends;

/// <summary>
/// The state of writing one expression: collects the parts that cannot be expressed, each finding once, and inverts broader and
/// narrower under a negation.
/// </summary>
/// <param name="dialect">The target's language.</param>
/// <param name="diagnostics">Receives the diagnostics.</param>
internal sealed class EmitContext(Dialect dialect, List<Diagnostic> diagnostics)
{
    /// <summary>Why a field cannot be written in a query.</summary>
    internal const string NoName = "no quotes or escape can hold its name";

    private readonly HashSet<(string Code, string Note)> reported = [];
    private readonly HashSet<(Span Place, string What, string Why)> refused = [];
    private int negations;

    /// <summary>Whether a part could not be expressed, so that no query may be returned.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether the negations around the current part negate it.</summary>
    public bool IsDenied => negations % 2 == 1;

    /// <summary>Enters a negation.</summary>
    public void EnterNot() => negations++;

    /// <summary>Leaves a negation.</summary>
    public void LeaveNot() => negations--;

    /// <summary>Reports that the target cannot express a condition; once, also where it is written in front of a stage and behind it.</summary>
    public void Refuse(Span span, string what, string why)
    {
        Failed = true;
        if (refused.Add((span, what, why)))
        {
            diagnostics.Add(Diagnostic.CannotSay(span, dialect.Title, what, why));
        }
    }

    /// <summary>Reports that the query is too long.</summary>
    public void GiveUp(Span? span, int length)
    {
        Failed = true;
        if (reported.Add((Codes.EmittedTextTooLong.Id, "")))
        {
            diagnostics.Add(Diagnostic.EmittedTextTooLong(span is { Source: not null } ? span : null, dialect.Title, length));
        }
    }

    /// <summary>Refuses a field whose name cannot be written.</summary>
    /// <param name="field">The name.</param>
    /// <param name="span">The place of the condition.</param>
    /// <param name="expression">Whether it is in an expression of a later stage, not in the search.</param>
    public void CheckField(string field, Span span, bool expression)
    {
        if (!dialect.CanName(field, expression))
        {
            Refuse(span, $"the field '{field}'", NoName);
        }

        if (dialect.Columns is { } columns && !columns.Has(field) && reported.Add((Codes.NoSuchColumn.Id, field)))
        {
            diagnostics.Add(Diagnostic.NoSuchColumn(span, dialect.Title, columns.Table, field)
                .WithHint(Suggestion.For(field, columns.Names) ?? "map it in a pipeline; the query reads it as the empty text"));
        }
    }

    /// <summary>Reports that a condition is expressed only approximately; each note once per query.</summary>
    /// <param name="span">The condition's place.</param>
    /// <param name="approximation">The direction without the negations around it.</param>
    /// <param name="note">What is different.</param>
    public void Approximate(Span span, Approximation approximation, string note)
    {
        bool turned = IsDenied;
        Note(
            approximation switch
            {
                Approximation.Broader => turned ? Diagnostic.SelectsFewer : Diagnostic.SelectsMore,
                Approximation.Narrower => turned ? Diagnostic.SelectsMore : Diagnostic.SelectsFewer,
                Approximation.Incomparable => Diagnostic.SelectsOther,
                _ => Diagnostic.TargetView,
            },
            span,
            note);
    }

    /// <summary>Reports something about a condition, once per query.</summary>
    /// <param name="kind">The factory, which takes the target and the note.</param>
    /// <param name="span">The condition's place.</param>
    /// <param name="note">What is different.</param>
    public void Note(Func<Span?, string, string, Diagnostic> kind, Span span, string note)
    {
        Diagnostic finding = kind(span, dialect.Title, note);
        if (reported.Add((finding.Code.Id, note)))
        {
            diagnostics.Add(finding);
        }
    }

    /// <summary>Warns of a query that finds nothing, because what is denied is part of what is asked for.</summary>
    /// <param name="expr">The condition.</param>
    /// <param name="where">What both are looked for in, for the message.</param>
    /// <param name="placeOf">Where a value is looked for: the name of a place, or null for all of the text.</param>
    public void CheckContradiction(Expr expr, string where, Func<MatchExpr, Value, string?> placeOf)
    {
        if (Contradiction.Find(expr, placeOf) is { } found)
        {
            diagnostics.Add(Diagnostic.NeverMatches(
                found.Denied.Span, dialect.Title, $"it excludes '{Shown(found.Denied)}' and requires '{Shown(found.Asked)}', and both are searched for in {where}"));
        }
    }

    private static string Shown(Value value) => value switch
    {
        StringValue text => string.Concat(text.Text.Parts.Select(part => part.Kind switch { PartKind.Many => "*", PartKind.One => "?", _ => part.Text })),
        NumberValue number => number.Text,
        _ => "",
    };

    /// <summary>Reports that a query is larger than the engine takes: a warning where a setting allows more, else an error.</summary>
    /// <param name="span">The place of the rule.</param>
    /// <param name="has">What it has, with its unit.</param>
    /// <param name="most">The most that the engine takes, with its unit.</param>
    /// <param name="setting">The setting that raises it; null if nothing does.</param>
    public void Exceed(Span span, string has, string most, string? setting)
    {
        Failed |= setting is null;
        diagnostics.Add(setting is null ? Diagnostic.AboveLimit(span, dialect.Title, has, most) : Diagnostic.AboveSetting(span, dialect.Title, has, setting, most));
    }

    /// <summary>Warns of more values than the target's ordinary settings allow.</summary>
    public void CheckValues(Expr expr)
    {
        if (dialect.Limits.Values is { } limit && expr.Leaves().Sum(leaf => leaf.Values.Length) is var count && count > limit.Most)
        {
            diagnostics.Add(Diagnostic.TooManyValues(expr.Leaves().MaxBy(leaf => leaf.Values.Length)!.Span, dialect.Title, count + " values", limit.Note));
        }

        if (dialect.Limits.Operators is { } most && Operators(expr) is var operators && operators > most.Most)
        {
            diagnostics.Add(Diagnostic.TooManyValues(expr.Span, dialect.Title, operators + " logical operators", most.Note));
        }
    }

    /// <summary>The AND, OR and NOT of a condition whose lists are written value by value.</summary>
    private static int Operators(Expr expr) => expr switch
    {
        AndExpr and => and.Operands.Length - 1 + and.Operands.Sum(Operators),
        OrExpr or => or.Operands.Length - 1 + or.Operands.Sum(Operators),
        NotExpr not => 1 + Operators(not.Operand),
        MatchExpr match => match.Values.Length - 1,
        _ => 0,
    };

    /// <summary>Reports the placeholders that no pipeline has filled.</summary>
    /// <returns>Whether the value can be written.</returns>
    public bool CheckPlaceholders(Value value)
    {
        SigmaString? text = value switch
        {
            StringValue s => s.Text,
            RegexValue r => r.Pattern,
            _ => null,
        };
        if (text?.HasPlaceholders is not true)
        {
            return true;
        }

        Failed = true;
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is PartKind.Placeholder && reported.Add((Codes.UnresolvedPlaceholder.Id, part.Text)))
            {
                diagnostics.Add(Diagnostic.UnresolvedPlaceholder(PlaceOf(value.Span, part.Text), part.Text));
            }
        }

        return false;
    }

    /// <summary>Writes a rule's regular expression in the target's dialect.</summary>
    /// <param name="regex">The expression.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="groupsBefore">How many capturing groups stand before it in a larger one; null for what the style says.</param>
    /// <returns>The expression; null, after a report, when the dialect cannot say it.</returns>
    public string? Translate(RegexValue regex, RegexStyle style, int? groupsBefore = null)
    {
        RegexTranslation translation = RegexWriter.Write(RegexPattern.Parse(regex.Pattern.Literal!, regex.Flags), style.Dialect, new RegexWriterOptions(
            style.EscapeSlash, WhitespaceShorthand: true, groupsBefore ?? style.GroupsBefore, style.Anchored, style.DotAll, style.MoreLineEnds));
        foreach (RegexNote note in translation.Notes)
        {
            if (note.Effect is not RegexEffect.Refused)
            {
                Approximate(regex.Span, note.Effect is RegexEffect.FewerBeforeLastBreak ? Approximation.Narrower : Approximation.Broader, note.Message);
            }
            else
            {
                Failed = true;
                diagnostics.Add(Diagnostic.RegexNotExpressible(regex.Span, dialect.Title, note.Message));
            }
        }

        if (translation.Text is null)
        {
            Failed = true;
            return null;
        }

        var output = new System.Text.StringBuilder();
        PatternStyle.AppendReplaced(output, translation.Text, style.Replacements);
        if (ControlCharacters.In(translation.Text))
        {
            // The writers have an escape for each that means something; what is left stands in a name or a verb.
            Failed = true;
            diagnostics.Add(Diagnostic.RegexNotExpressible(regex.Span, dialect.Title, "it has a control character in a place that allows no escape"));
            return null;
        }

        if (style.Longest is { } longest && !longest.Holds(output.ToString()))
        {
            Failed = true;
            diagnostics.Add(Diagnostic.RegexNotExpressible(regex.Span, dialect.Title, $"it has more than {longest}, and the engine refuses such a query"));
            return null;
        }

        return style.Text is { } text ? AsText(regex.Span, text, output.ToString()) : output.ToString();
    }

    /// <summary>The expression as a text of the language.</summary>
    private string? AsText(Span span, TextStyle style, string expression)
    {
        if (style.LossOn(SigmaString.OfLiteral(expression)).HasFlag(Loss.NoCharacter))
        {
            Refuse(span, "a regular expression with this character", "the language has no way to write it here");
            return null;
        }

        var output = new System.Text.StringBuilder();
        style.WriteExpression(output, expression);
        return output.ToString();
    }

    private static Span PlaceOf(Span span, string placeholder)
    {
        int at = span.Characters.IndexOf($"%{placeholder}%", StringComparison.Ordinal);
        return at < 0 ? span : span.Slice(at, placeholder.Length + 2);
    }
}
