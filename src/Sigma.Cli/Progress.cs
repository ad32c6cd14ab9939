using Spectre.Console;

namespace Sigma.Cli;

/// <summary>A progress bar on standard error, where that is a terminal and the work is long.</summary>
internal sealed class Progress : IDisposable
{
    /// <summary>Fewer files are done before a bar could be read.</summary>
    private const int LongWork = 500;

    private readonly Messages messages;
    private readonly TaskCompletionSource done = new();
    private readonly Task? drawing;
    private ProgressTask? bar;

    private Progress(string work, int files, bool shown, Messages messages, TextWriter terminal)
    {
        this.messages = messages;
        if (!shown)
        {
            return;
        }

        messages.Hold();
        // Left to itself, the library draws no bar while standard output is redirected, and that is when one is wanted.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        var started = new TaskCompletionSource();
        drawing = Task.Run(() => console.Progress().AutoClear(true).StartAsync(async context =>
        {
            bar = context.AddTask(work, maxValue: files);
            started.SetResult();
            await done.Task.ConfigureAwait(false);
        }));
        Task.WhenAny(started.Task, drawing).Wait();
    }

    /// <summary>Starts a bar, or nothing where none is wanted.</summary>
    /// <param name="work">What is being done, in a word.</param>
    /// <param name="files">How many steps there will be.</param>
    /// <param name="toFiles">Whether the results go into files; on a terminal they leave no room for a bar.</param>
    /// <param name="quiet">Whether the user wants nothing but errors.</param>
    /// <param name="messages">Kept back while the bar is there.</param>
    /// <param name="environment">The streams and variables.</param>
    public static Progress Start(string work, int files, bool toFiles, bool quiet, Messages messages, CommandEnvironment environment)
    {
        bool room = toFiles || !environment.IsOutputTerminal;
        bool shown = files >= LongWork && room && !quiet && environment.IsErrorTerminal && !environment.IsPlainTerminal;
        return new Progress(work, files, shown, messages, environment.Error);
    }

    /// <summary>One file is done.</summary>
    public void Step() => bar?.Increment(1);

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        done.TrySetResult();
        drawing?.Wait();
        messages.Release();
    }
}
