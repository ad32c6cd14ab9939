using System.Text;
using Sigma.Tests.Logs;

namespace Sigma.Tests.Fuzzing;

/// <summary>Logs of all kinds: an input is the list of a log's lines; for a Windows event log, of pieces of its records in hexadecimal digits.</summary>
internal sealed class LogTarget() : FuzzTarget("logs")
{
    private const string EventLog = "evtx";

    public override int Share => 250;

    /// <remarks>A changed line often is no event.</remarks>
    public override int LeastPast => 20;

    public override bool Try(string input, ulong choice)
    {
        string[] lines = [.. FuzzTree.Read(input).SelectMany(Texts)];
        byte[] log = lines is [EventLog, .. var pieces] ? EvtxWriter.Around(Bytes(string.Concat(pieces))) : Encoding.UTF8.GetBytes(string.Join('\n', lines) + (choice % 3 == 0 ? "" : "\n"));
        return EventTarget.Match(EventTarget.Rules, log, recover: choice % 4 == 0);
    }

    protected override IEnumerable<string> OwnCorpus() =>
    [
        .. LogFormatTests.Samples().Select(sample => FuzzTree.Write([new FuzzTree.FuzzList([.. ((string)sample[1]).TrimEnd('\n').Split('\n').Select(line => new FuzzTree.FuzzText(line, false))])])),
        .. Enumerable.Repeat(Recipe(), 8),
    ];

    /// <summary>The records of a log, in pieces that mutations can take away, repeat and change.</summary>
    private static string Recipe()
    {
        byte[] file = WindowsRecords.Processes(new EvtxWriter(), 1, "whoami", "net user").ToArray();
        string digits = Convert.ToHexString(file.AsSpan(EvtxWriter.StartOfRecords..EvtxWriter.EndOfRecords(file)));
        return FuzzTree.Write([new FuzzTree.FuzzList([.. digits.Chunk(32).Select(piece => new string(piece)).Prepend(EventLog).Select(piece => new FuzzTree.FuzzText(piece, false))])]);
    }

    private static IEnumerable<string> Texts(FuzzTree tree) => tree switch
    {
        FuzzTree.FuzzText text => [text.Text],
        FuzzTree.FuzzList list => list.Items.SelectMany(Texts),
        FuzzTree.FuzzMap map => map.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };

    private static byte[] Bytes(string digits)
    {
        string clean = string.Concat(digits.Where(char.IsAsciiHexDigit));
        return Convert.FromHexString(clean.AsSpan(0, Math.Min(clean.Length & ~1, 100_000)));
    }
}
