using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Sigma.Engines.Tests.Engines;

// Select-, Group-, Sort- and Measure-Object and Get-Date ship in an assembly no package has. These stand in for them, with
// the parameters that queries use; Where-Object and ForEach-Object are PowerShell's own.

/// <summary>A command that gathers its whole input before it answers.</summary>
public abstract class GatheringCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    protected List<PSObject> Items { get; } = [];

    protected IReadOnlyList<Column> Columns => [.. Property.Select(Column.Of)];

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            Items.Add(InputObject);
        }
    }
}

[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : GatheringCommand
{
    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public int First { get; set; } = int.MaxValue;

    protected override void EndProcessing()
    {
        var columns = Columns;
        var rows = ExpandProperty is not null ? Items.SelectMany(item => Column.Of(ExpandProperty).Many(item))
            : columns.Count == 0 ? Items
            : Items.Select(item => Pick(item, columns));
        WriteObject((Unique ? rows.DistinctBy(ColumnOrder.Text) : rows).Take(First), enumerateCollection: true);
    }

    private static PSObject Pick(PSObject item, IEnumerable<Column> columns)
    {
        var row = new PSObject();
        foreach (var column in columns)
        {
            row.Properties.Add(new PSNoteProperty(column.Name, column.Value(item)));
        }

        return row;
    }
}

/// <summary>What Group-Object puts out. Public, because PowerShell reads it.</summary>
public sealed record ObjectGroup(string Name, int Count, Collection<PSObject> Group);

[Cmdlet("Group", "Object")]
public sealed class GroupObjectCommand : GatheringCommand
{
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void EndProcessing()
    {
        var columns = Columns;
        var groups = Items.GroupBy(
            item => string.Join(", ", columns.DefaultIfEmpty(Column.Self).Select(column => ColumnOrder.Text(column.Value(item)))),
            StringComparer.OrdinalIgnoreCase);
        WriteObject(groups.Select(g => new ObjectGroup(g.Key, g.Count(), NoElement ? [] : [.. g])), enumerateCollection: true);
    }
}

[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : GatheringCommand
{
    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void EndProcessing()
    {
        IReadOnlyList<Column> columns = Columns is { Count: > 0 } named ? named : [Column.Self];
        var sorted = columns.Skip(1).Aggregate(
            Order(Items, columns[0]), (rows, column) => Descending
                ? rows.ThenByDescending(column.Value, ColumnOrder.Instance)
                : rows.ThenBy(column.Value, ColumnOrder.Instance));
        WriteObject(Unique ? sorted.DistinctBy(Key, StringComparer.OrdinalIgnoreCase) : sorted, enumerateCollection: true);

        string Key(PSObject item) => string.Join('\0', columns.Select(column => ColumnOrder.Text(column.Value(item))));
    }

    private IOrderedEnumerable<PSObject> Order(IEnumerable<PSObject> rows, Column column) => Descending
        ? rows.OrderByDescending(column.Value, ColumnOrder.Instance)
        : rows.OrderBy(column.Value, ColumnOrder.Instance);
}

/// <summary>What Measure-Object puts out, as far as queries ask.</summary>
public sealed record ObjectMeasure(int Count, double? Sum, double? Average, double? Minimum, double? Maximum);

[Cmdlet("Measure", "Object")]
public sealed class MeasureObjectCommand : GatheringCommand
{
    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void EndProcessing()
    {
        // Without a property, the items themselves are measured.
        IEnumerable<object?> measured = Columns.Count == 0 ? Items : Columns.SelectMany(column => Items.Select(column.Value));
        double[] numbers = [.. measured.Select(value => (double)LanguagePrimitives.ConvertTo(value, typeof(double)))];
        WriteObject(new ObjectMeasure(
            Items.Count,
            When(Sum, numbers, Enumerable.Sum),
            When(Average, numbers, Enumerable.Average),
            When(Minimum, numbers, Enumerable.Min),
            When(Maximum, numbers, Enumerable.Max)));
    }

    private static double? When(SwitchParameter asked, double[] numbers, Func<IEnumerable<double>, double> figure) =>
        asked && numbers.Length > 0 ? figure(numbers) : null;
}

/// <summary>The clock of the test, so that a query over the last minutes gives the same answer every day.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDateCommand : PSCmdlet
{
    public const string NowVariable = "EngineNow";

    protected override void EndProcessing() => WriteObject(GetVariableValue(NowVariable));
}
