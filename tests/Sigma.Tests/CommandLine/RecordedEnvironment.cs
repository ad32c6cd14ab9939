using System.Text;
using Sigma.Cli;

namespace Sigma.Tests.CommandLine;

/// <summary>The streams and variables of a run within the tests: no terminals, and what is written is kept.</summary>
/// <param name="input">The bytes on standard input.</param>
/// <param name="variables">The environment variables.</param>
internal sealed class RecordedEnvironment(byte[] input, IReadOnlyDictionary<string, string> variables) : CommandEnvironment
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Pipe input = new(input);
    private readonly Pipe output = new([]);
    private readonly Pipe error = new([]);
    private TextWriter? outputText;
    private TextWriter? errorText;

    /// <inheritdoc/>
    public override TextWriter Output => outputText ??= TextOn(output);

    /// <inheritdoc/>
    public override TextWriter Error => errorText ??= TextOn(error);

    /// <inheritdoc/>
    public override bool IsOutputTerminal => false;

    /// <inheritdoc/>
    public override bool IsErrorTerminal => false;

    /// <inheritdoc/>
    public override int Width => throw new InvalidOperationException("There is no terminal.");

    /// <inheritdoc/>
    public override Stream OpenInput() => input;

    /// <inheritdoc/>
    public override Stream OpenOutput() => output;

    /// <inheritdoc/>
    public override string? Variable(string name) => variables.GetValueOrDefault(name);

    /// <summary>What the run left behind, read as a shell's pipe would be.</summary>
    public ProgramRun Finish(int exitCode) => new(exitCode, Utf8.GetString(output.ToArray()), Utf8.GetString(error.ToArray()));

    private static TextWriter TextOn(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, Utf8) { AutoFlush = true });

    /// <summary>Bytes that pass once, as on a standard stream; closing it is closing one of its handles.</summary>
    private sealed class Pipe : MemoryStream
    {
        public Pipe(byte[] content)
        {
            Write(content);
            Position = 0;
        }

        public override bool CanSeek => false;

        protected override void Dispose(bool disposing)
        {
            // What was written is read afterwards.
        }
    }
}
