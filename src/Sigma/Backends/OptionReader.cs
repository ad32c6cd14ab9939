using System.Collections.Immutable;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Backends;

/// <summary>Reads the options of a target, and finds their values.</summary>
/// <param name="target">The name of the target, for messages.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class OptionReader(string target, List<Diagnostic> diagnostics)
{
    private static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>();

    /// <summary>What the choices of options set.</summary>
    private readonly List<(YamlScalar Key, string Option, string Value)> chosen = [];

    /// <summary>Reads the options that a target has.</summary>
    /// <param name="map">What <c>options</c> says.</param>
    public ImmutableArray<BackendOption> Read(DefinitionMap map)
    {
        var options = ImmutableArray.CreateBuilder<BackendOption>();
        foreach (YamlScalar key in map.Keys)
        {
            string name = key.Value;
            if (ShapePlaceholders.Names.Contains(name) || ShapePlaceholders.PartNames.Contains(name))
            {
                diagnostics.Add(Diagnostic.ReservedName(key.Span, "an option", name, "a placeholder of templates"));
            }

            DefinitionMap option = map.Child(name);
            var read = new BackendOption(name, option.Text("default") ?? "", option.RequiredFilled("description")) { Pattern = option.Pattern("pattern") };
            if (option.Has("choices"))
            {
                read = ReadChoices(option.Child("choices"), read);
            }

            options.Add(option.Text("takes") is { } takes ? read with { Takes = takes } : read);
            if (!read.Accepts(read.Default))
            {
                diagnostics.Add(Diagnostic.BackendValue(option.SpanOf("default"), "default", "a value that the option allows"));
            }

            option.ReportUnknown([]);
        }

        foreach ((YamlScalar key, string name, string value) in chosen)
        {
            if (options.FirstOrDefault(option => option.Name == name) is not { } option)
            {
                diagnostics.Add(Diagnostic.BackendMissing(key.Span, $"options: {name}"));
            }
            else if (!option.Accepts(value))
            {
                diagnostics.Add(Diagnostic.BackendValue(key.Span, name, "a value that the option allows"));
            }
        }

        return options.DrainToImmutable();
    }

    /// <summary>The words that an option takes, and what other options are with each.</summary>
    private BackendOption ReadChoices(DefinitionMap map, BackendOption option)
    {
        var choices = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (string choice in map.Names)
        {
            var others = new Dictionary<string, string>(StringComparer.Ordinal);
            DefinitionMap values = map.Child(choice);
            foreach (YamlScalar key in values.Keys)
            {
                others[key.Value] = values.Text(key.Value) ?? "";
                chosen.Add((key, key.Value, others[key.Value]));
            }

            choices[choice] = others;
        }

        return option with { Choices = choices, Takes = "one of " + string.Join(", ", choices.Keys) };
    }

    /// <summary>The options' values: what the user gives, what goes with a choice, the default.</summary>
    /// <param name="options">The options.</param>
    /// <param name="given">What the user gives.</param>
    public Dictionary<string, string> Values(ImmutableArray<BackendOption> options, IReadOnlyDictionary<string, string> given)
    {
        var values = options.ToDictionary(o => o.Name, o => o.Default, StringComparer.Ordinal);
        foreach (BackendOption option in options)
        {
            foreach ((string name, string value) in option.Choices?.GetValueOrDefault(given.GetValueOrDefault(option.Name) ?? option.Default) ?? NoValues)
            {
                values[name] = value;
            }
        }

        foreach ((string name, string value) in given)
        {
            if (!values.ContainsKey(name))
            {
                diagnostics.Add(Diagnostic.UnknownOption(null, target, name).WithHint(
                    Suggestion.For(name, values.Keys) ?? (values.Count == 0 ? "it has none" : "it has " + string.Join(", ", values.Keys))));
            }
            else if (options.First(option => option.Name == name) is var option && !option.Accepts(value))
            {
                // The definition is read as if it had not been given, so that it is one mistake.
                diagnostics.Add(Diagnostic.OptionValue(null, name, option.Takes, value));
            }
            else
            {
                values[name] = value;
            }
        }

        return values;
    }
}
