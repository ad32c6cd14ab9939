using Microsoft.Win32.SafeHandles;

namespace Sigma.Cli;

/// <summary>
/// What a run of the program gets from outside: the standard streams, whether they are terminals, and the environment variables.
/// Nothing else in this project uses the console or reads variables, so tests can run it within their own process. Relative paths
/// are opened as they are, against the working folder of the process.
/// </summary>
internal abstract class CommandEnvironment
{
    /// <summary>Standard output as text. It is created on first use, which few commands need.</summary>
    public abstract TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public abstract TextWriter Error { get; }

    /// <summary>Whether standard output is a terminal.</summary>
    public abstract bool IsOutputTerminal { get; }

    /// <summary>Whether standard error is a terminal.</summary>
    public abstract bool IsErrorTerminal { get; }

    /// <summary>The columns of the terminal; only meaningful where standard output is one.</summary>
    public abstract int Width { get; }

    /// <summary>Whether the terminal understands nothing but text.</summary>
    public bool IsPlainTerminal => Variable("TERM") == "dumb";

    /// <summary>Opens standard input.</summary>
    public abstract Stream OpenInput();

    /// <summary>Opens standard output as bytes.</summary>
    public abstract Stream OpenOutput();

    /// <summary>
    /// Opens standard output for texts of rules. On a terminal, nothing of them controls it, and a note says that it is not the text itself that is
    /// shown; elsewhere the bytes are as they are written.
    /// </summary>
    /// <param name="messages">Receives the note.</param>
    public Stream OpenOutput(Messages messages) => !IsOutputTerminal ? OpenOutput() : new TerminalStream(
        OpenOutput(), () => messages.Note("sigmac: characters that would control the terminal or are not seen are shown as \\u{…}; a pipe or a file has them as they are"));

    /// <summary>Returns an environment variable; null if it is not set.</summary>
    public abstract string? Variable(string name);

    /// <summary>Whether a stream gets colours.</summary>
    /// <param name="when">auto, always or never; auto means a terminal that can show them, and no NO_COLOR.</param>
    /// <param name="isTerminal">Whether the stream goes to a terminal.</param>
    public bool WantsColour(string when, bool isTerminal) =>
        when == "always" || (when == "auto" && isTerminal && !IsPlainTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")));
}

/// <summary>The streams and variables of the process itself.</summary>
internal sealed class ProcessEnvironment : CommandEnvironment
{
    private const string TerminalVariable = "TERM";

    /// <summary>Standard input, output and error are 0, 1 and 2.</summary>
    private const int LastStandardNumber = 2;

    /// <summary>Held so that they stay open.</summary>
    private static readonly List<SafeFileHandle> Kept = [];

    /// <summary>Some terminals do not know how wide they are.</summary>
    private const int UsualWidth = 80;

    /// <summary>
    /// Opens the streams of the process, and leaves the terminal as it is. With the first use of a stream, the runtime looks up
    /// the terminal in the terminfo database and switches its keypad to the mode for reading single keys (<c>ESC[?1h</c>), which
    /// stays after the program ends. This program reads no keys, so the runtime does not learn which terminal it is.
    /// </summary>
    public static ProcessEnvironment Open()
    {
        KeepStandardNumbers();
        if (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable(TerminalVariable) is { } terminal)
        {
            Environment.SetEnvironmentVariable(TerminalVariable, null);
            try
            {
                // The first write, be it of nothing, is when the runtime looks.
                using Stream output = Console.OpenStandardOutput();
                output.Write([]);
            }
            catch (Exception exception) when (FileErrors.IsOne(exception))
            {
                // A stream that is closed is reported by whoever has something to write.
            }

            Environment.SetEnvironmentVariable(TerminalVariable, terminal);
        }

        return new ProcessEnvironment();
    }

    /// <inheritdoc/>
    public override TextWriter Output => Console.Out;

    /// <inheritdoc/>
    public override TextWriter Error => Console.Error;

    /// <inheritdoc/>
    public override bool IsOutputTerminal => !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public override bool IsErrorTerminal => !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public override int Width => Console.WindowWidth is > 0 and var width ? width : UsualWidth;

    /// <inheritdoc/>
    public override Stream OpenInput() => Console.OpenStandardInput();

    /// <inheritdoc/>
    public override Stream OpenOutput() => Console.OpenStandardOutput();

    /// <inheritdoc/>
    public override string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>
    /// Takes the numbers of standard streams that the caller has closed (<c>2&gt;&amp;-</c>). Otherwise the next file to be opened gets
    /// such a number, and messages would be written into it. What takes them can only be read, so writing to it fails as on a full disk.
    /// </summary>
    private static void KeepStandardNumbers()
    {
        const string Nothing = "/dev/null";
        if (OperatingSystem.IsWindows() || !File.Exists(Nothing))
        {
            return;
        }

        SafeFileHandle taken;
        do
        {
            taken = File.OpenHandle(Nothing);
            Kept.Add(taken);
        }
        while (taken.DangerousGetHandle() <= LastStandardNumber);
    }
}
