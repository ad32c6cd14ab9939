using System.Collections;
using System.Management.Automation;

namespace Sigma.Engines.Tests.Engines;

/// <summary>What a -Property argument asks of an object: a property by name, a script, or a table with a name and a script.</summary>
public sealed record Column(string Name, Func<PSObject, object?> Value)
{
    public static readonly Column Self = new("", item => item);

    public static Column Of(object argument) => (argument is PSObject wrapped ? wrapped.BaseObject : argument) switch
    {
        ScriptBlock script => new Column(script.ToString(), Calculate(script)),
        Hashtable table => new Column(
            (Entry(table, "name", "n", "label", "l") ?? "").ToString()!,
            Of(Entry(table, "expression", "e") ?? "").Value),
        var name => new Column(name.ToString()!, item => item.Properties[name.ToString()!]?.Value),
    };

    /// <summary>The value's elements where it is a list.</summary>
    public IEnumerable<PSObject> Many(PSObject item) =>
        LanguagePrimitives.GetEnumerable(Value(item)) is { } many ? many.Cast<object>().Select(PSObject.AsPSObject)
        : Value(item) is { } one ? [PSObject.AsPSObject(one)]
        : [];

    private static Func<PSObject, object?> Calculate(ScriptBlock script) => item =>
    {
        var found = script.InvokeWithContext(null, [new PSVariable("_", item)]);
        return found.Count == 1 ? found[0] : found;
    };

    private static object? Entry(Hashtable table, params string[] names) => table.Cast<DictionaryEntry>()
        .FirstOrDefault(entry => names.Contains(entry.Key.ToString(), StringComparer.OrdinalIgnoreCase)).Value;
}

/// <summary>PowerShell's own order of values, case-insensitive; values it cannot compare go by their text.</summary>
internal sealed class ColumnOrder : IComparer<object?>
{
    public static readonly ColumnOrder Instance = new();

    public int Compare(object? x, object? y) => LanguagePrimitives.TryCompare(x, y, ignoreCase: true, out var order)
        ? order
        : string.Compare(Text(x), Text(y), StringComparison.OrdinalIgnoreCase);

    public static string Text(object? value) => value?.ToString() ?? "";
}
