using Sigma.Events.Matching;

namespace Sigma.Cli;

/// <summary>Writes lines below a head. Matches that differ in nothing but their time and record are one line with their number.</summary>
internal abstract class FoldedMatchWriter : MatchWriter
{
    private readonly FoldedLines lines;
    private bool headed;

    /// <summary>Creates a writer.</summary>
    /// <param name="output">Where to.</param>
    protected FoldedMatchWriter(Stream output)
        : base(output) => lines = new FoldedLines(WriteBelowHead);

    /// <summary>Writes the names of the columns, before the first line.</summary>
    protected abstract void WriteHead();

    /// <summary>Writes a line.</summary>
    protected abstract void WriteLine(FoldedLine line);

    /// <summary>Writes the lines that are held back for what may repeat them.</summary>
    protected void Finish() => lines.Finish();

    /// <inheritdoc/>
    public override void Write(RuleMatch match, string file, byte[]? json) =>
        lines.Add(match.Time, MatchLine.RecordOf(match), MatchLine.Of(match, file, FieldsOf(match), CountOf(match)));

    /// <inheritdoc/>
    public override void Dispose()
    {
        Finish();
        base.Flush(isLive: false);
        base.Dispose();
    }

    private void WriteBelowHead(FoldedLine line)
    {
        if (!headed)
        {
            headed = true;
            WriteHead();
        }

        WriteLine(line);
    }
}
