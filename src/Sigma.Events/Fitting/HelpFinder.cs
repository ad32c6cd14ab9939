using Sigma.Backends;
using Sigma.Events.Matching;
using Sigma.Pipelines;
using Sigma.Planning;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Events.Fitting;

/// <summary>Finds the field that a rule may mean by one that it asks for in vain: by the built-in pipelines, by its name, and by its values.</summary>
internal sealed class HelpFinder
{
    private const int MostHelp = 3;

    /// <summary>Values with fewer characters, such as a small number, are in many fields.</summary>
    private const int ShortestTelling = 3;

    /// <summary>The built-in pipelines, which are the same for everyone and are read once.</summary>
    private static readonly Lazy<(string Name, Pipeline[] Steps)[]> Pipelines = new(() =>
    [
        .. PipelineCatalog.BuiltIn(new BackendCatalog())
            .Select(entry => (entry.Name, PipelineReader.Read(entry.Open(), entry.Name, []) is { } pipeline ? (Pipeline[])[pipeline] : [])),
    ]);

    private readonly Dictionary<(string Source, string Field), (string Pipeline, string Name)[]> mapped = [];

    /// <summary>Finds fields.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="field">The field that it asks for.</param>
    /// <param name="test">What it asks for; null if any value will do.</param>
    /// <param name="log">What the logs hold.</param>
    /// <returns>What would help, the best first.</returns>
    public IReadOnlyList<FitHelp> For(FitRule rule, string field, FieldValueTest? test, SeenLog log)
    {
        var found = new List<FitHelp>();
        FieldProfile[] others = [.. log.Fields.Where(other => FieldTable.Rank(other.Path, field) is null)];
        foreach ((string pipeline, string name) in Mapped(rule.Planned, field))
        {
            if (Array.Find(others, other => IsNamed(other, name) && MayBe(other, test)) is { } known)
            {
                found.Add(new FitHelp(name, pipeline, Passing(known, test)));
            }
        }

        string plain = Letters(field);
        found.AddRange(others
            .Where(other => (Letters(other.Name) == plain || Letters(other.Path.Segments[^1]) == plain) && MayBe(other, test))
            .Select(other => Of(other, test)));
        found.AddRange(others.Select(other => (Help: Of(other, test), Field: other))
            .Where(one => one.Help.Values > 0 && (IsTelling(test!) || IsAlike(one.Field, plain)))
            .OrderByDescending(one => IsAlike(one.Field, plain)).ThenByDescending(one => one.Help.Values)
            .Select(one => one.Help));
        if (Suggestion.Near(field, others.Where(other => MayBe(other, test)).Select(other => other.Name)) is { } near)
        {
            found.Add(Of(others.First(other => other.Name == near), test));
        }

        // For want of a better one, a field with the same word in its name.
        found.AddRange(test is null || found.Count > 0 ? [] : others
            .Where(other => other.Forms is not (ValueForms.None or ValueForms.Text) && IsAlike(other, plain) && MayBe(other, test))
            .Select(other => Of(other, test)));
        return [.. found.DistinctBy(help => Letters(help.Field)).Take(MostHelp)];
    }

    private static FitHelp Of(FieldProfile field, FieldValueTest? test) => new(field.Name, null, Passing(field, test));

    private static long Passing(FieldProfile field, FieldValueTest? test) =>
        test is null ? 0 : field.Values.Where(value => test.Test.Fits(value.Key)).Sum(value => value.Value);

    private static bool MayBe(FieldProfile field, FieldValueTest? test) =>
        test is null || field.Forms is ValueForms.None || test.Wanted.Any(value => WantedForm.MayBeIn(value, field.Forms));

    /// <summary>Whether a field with such a value is hardly another: a plain word or number may be in many.</summary>
    private static bool IsTelling(FieldValueTest test) => test.Wanted.All(value => value switch
    {
        StringValue text => text.Text.Parts.Where(part => part.Kind is PartKind.Literal).Sum(part => part.Text.Length) >= ShortestTelling
            && text.Text.Parts.Any(part => part.Kind is PartKind.Literal && part.Text.Any(char.IsPunctuation)),
        CidrValue or RegexValue => true,
        _ => false,
    });

    private static bool IsNamed(FieldProfile field, string name) => field.Path.Names.Any(own => own.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsAlike(FieldProfile field, string plain) => Letters(field.Name) is { Length: >= 4 } name && (name.Contains(plain) || plain.Contains(name));

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>What the built-in pipelines make of a field.</summary>
    private (string Pipeline, string Name)[] Mapped(SigmaRule rule, string field)
    {
        (string, string) key = (rule.LogSource.ShortName, field);
        if (!mapped.TryGetValue(key, out (string, string)[]? known))
        {
            known = mapped[key] =
            [
                .. from pipeline in Pipelines.Value
                   let name = new Planner(pipeline.Steps, PipelineSettings.Default, "").NamesOf(rule, [field])?.FirstOrDefault()
                   where name is not null && name != field
                   select (pipeline.Name, name),
            ];
        }

        return known;
    }
}
