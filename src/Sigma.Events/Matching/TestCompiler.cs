using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sigma.Queries;
using Sigma.RegularExpressions;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Matching;

/// <summary>Makes tests of normalized expressions.</summary>
/// <param name="fields">Takes the fields that are asked for.</param>
/// <param name="diagnostics">Takes what cannot be evaluated.</param>
/// <param name="regexTime">How long the rule's expressions that need backtracking may take.</param>
/// <param name="explains">Whether the tests know their places and values, for explanations. Without these they keep nothing of the rule in memory.</param>
internal sealed class TestCompiler(FieldTable fields, List<Diagnostic> diagnostics, RegexBudget regexTime, bool explains = true)
{
    private const string Evaluator = "sigmac match";

    /// <summary>Creates the test.</summary>
    /// <returns>The test; null after a report.</returns>
    public EventTest? Compile(Expr expr)
    {
        switch (expr)
        {
            case AndExpr and:
                return Each(and.Operands) is { } all ? new AllTest(all, Place(and.Span)) : null;
            case OrExpr or:
                return Each(or.Operands) is { } any ? new AnyTest(any, Place(or.Span)) : null;
            case NotExpr not:
                return Compile(not.Operand) is { } operand ? new NotTest(operand, Place(not.Span)) : null;
            case MatchExpr match:
                return Compile(match);
            default:
                throw new System.Diagnostics.UnreachableException(expr.GetType().Name);
        }
    }

    private ImmutableArray<EventTest>? Each(ImmutableArray<Expr> operands)
    {
        // The others are compiled too where one fails, for what is to be said of them.
        var tests = ImmutableArray.CreateBuilder<EventTest>(operands.Length);
        foreach (Expr operand in operands)
        {
            if (Compile(operand) is { } test)
            {
                tests.Add(test);
            }
        }

        return tests.Count == operands.Length ? tests.MoveToImmutable() : null;
    }

    private EventTest? Compile(MatchExpr match)
    {
        Span place = Place(match.Span);
        ImmutableArray<Value> wanted = explains ? match.Values : [];
        if (match.Field is null)
        {
            return Compile(match.Values, inside: true) is { } keyword ? new KeywordTest(keyword, wanted, place) : null;
        }

        string field = match.Field;
        int slot = fields.Share(ref field);
        return match.Values[0] switch
        {
            NullValue => new NullTest(slot, field, wanted, place),
            ExistsValue exists => new ExistsTest(slot, field, exists.Exists, wanted, place),
            FieldReferenceValue reference => new FieldReferenceTest(slot, fields.SlotOf(reference.Field), field, reference with { Span = Place(reference.Span) }, place),
            _ => Compile(match.Values, inside: false) is { } test ? new FieldValueTest(slot, field, test, wanted, place) : null,
        };
    }

    /// <summary>The place that a test knows: none where it is not to keep the rule's text in memory.</summary>
    private Span Place(Span span) => explains ? span : default;

    /// <summary>Creates the test of one value's text.</summary>
    /// <param name="values">What the text may be; none of them null, a presence or another field's value.</param>
    /// <param name="inside">Whether they may stand anywhere in the text, as keywords do.</param>
    /// <returns>The test; null after a report.</returns>
    public ValueTest? Compile(ImmutableArray<Value> values, bool inside)
    {
        var tests = new List<ValueTest>();
        bool cased = IsFirstCased(values);
        if (!AddTexts(values, cased, inside, tests) || !AddTexts(values, !cased, inside, tests))
        {
            return null;
        }

        foreach (Value value in values)
        {
            switch (value)
            {
                case StringValue:
                    break;
                case NumberValue number when inside:
                    tests.Add(new TextTest([], [], [], [number.Text], cased: false));
                    break;
                case NumberValue number:
                    tests.Add(new NumberTest(number.Text));
                    break;
                case BooleanValue boolean:
                    tests.Add(new TextTest([boolean.Value ? "true" : "false"], [], [], [], cased: false));
                    break;
                case CompareValue compare:
                    tests.Add(new ComparisonTest(compare.Comparison, compare.Number));
                    break;
                case TimePartValue part:
                    tests.Add(new TimePartTest(part.Part, part.Comparison, part.Number));
                    break;
                case CidrValue cidr:
                    tests.Add(new NetworkTest(cidr.Network));
                    break;
                case RegexValue regex when Compile(regex) is { } test:
                    tests.Add(test);
                    break;
                case RegexValue:
                    return null;
                case QueryExpressionValue:
                    diagnostics.Add(Diagnostic.CannotSay(value.Span, Evaluator, "a query expression", "it is written in a target's language"));
                    return null;
                default:
                    throw new System.Diagnostics.UnreachableException(value.GetType().Name);
            }
        }

        return tests.Count == 1 ? tests[0] : new AnyValueTest([.. tests]);
    }

    private static bool IsFirstCased(ImmutableArray<Value> values)
    {
        foreach (Value value in values)
        {
            if (value is StringValue text)
            {
                return text.Cased;
            }
        }

        return false;
    }

    private static bool HasTexts(ImmutableArray<Value> values, bool cased)
    {
        foreach (Value value in values)
        {
            if (value is StringValue text && text.Cased == cased)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the test of those texts for which case counts, or of the others.</summary>
    private bool AddTexts(ImmutableArray<Value> values, bool cased, bool inside, List<ValueTest> tests)
    {
        if (!HasTexts(values, cased))
        {
            return true;
        }

        // Most tests have one kind of text, and there are tens of thousands of tests, so a list is made when it is needed.
        List<string>? equal = null, starts = null, ends = null, contained = null;
        foreach (Value value in values)
        {
            if (value is not StringValue text || text.Cased != cased)
            {
                continue;
            }

            if (Unfilled(text.Text, text.Span))
            {
                return false;
            }

            ImmutableArray<StringPart> parts = inside ? text.Text.WithWildcards().Parts : text.Text.Parts;
            switch (parts)
            {
                case []:
                    (equal ??= []).Add("");
                    break;
                case [{ Kind: PartKind.Literal } literal]:
                    (equal ??= []).Add(literal.Text);
                    break;
                case [{ Kind: PartKind.Literal } literal, { Kind: PartKind.Many }]:
                    (starts ??= []).Add(literal.Text);
                    break;
                case [{ Kind: PartKind.Many }, { Kind: PartKind.Literal } literal]:
                    (ends ??= []).Add(literal.Text);
                    break;
                case [{ Kind: PartKind.Many }, { Kind: PartKind.Literal } literal, { Kind: PartKind.Many }]:
                    (contained ??= []).Add(literal.Text);
                    break;
                default:
                    tests.Add(new PatternTest(parts, cased));
                    break;
            }
        }

        if ((equal ?? starts ?? ends ?? contained) is not null)
        {
            tests.Insert(0, new TextTest([.. equal ?? []], [.. starts ?? []], [.. ends ?? []], [.. contained ?? []], cased));
        }

        return true;
    }

    private RegexTest? Compile(RegexValue value)
    {
        if (Unfilled(value.Pattern, value.Span))
        {
            return null;
        }

        string text = value.Pattern.Literal ?? "";
        RegexTranslation? translation = RegexPattern.TryParse(text, value.Flags, out RegexPattern? pattern, out RegexError? error)
            ? RegexWriter.Write(pattern, RegexDialect.DotNet, new RegexWriterOptions(WholeCharacters: true))
            : null;
        if (translation?.Text is not { } written)
        {
            diagnostics.Add(Diagnostic.RegexNotExpressible(value.Span, Evaluator, error?.Message ?? string.Join("; ", translation!.Notes.Select(note => note.Message))));
            return null;
        }

        try
        {
            // Only whether it can be built; which of the two engines runs it shows when it is needed, since most rules meet no event.
            _ = new Regex(written, RegexOptions.CultureInvariant);
            return new RegexTest(written, RequiredLiterals.Of(pattern!.Root), regexTime);
        }
        catch (ArgumentException exception)
        {
            diagnostics.Add(Diagnostic.RegexNotExpressible(value.Span, Evaluator, exception.Message));
            return null;
        }
    }

    private bool Unfilled(SigmaString text, Span span)
    {
        foreach (StringPart part in text.Parts)
        {
            if (part.Kind is PartKind.Placeholder)
            {
                diagnostics.Add(Diagnostic.UnresolvedPlaceholder(span, part.Text));
                return true;
            }
        }

        return false;
    }
}
