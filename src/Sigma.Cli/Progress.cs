using Spectre.Console;

namespace Sigma.Cli;

/// <summary>A progress bar on standard error, if that is a terminal and there are many files.</summary>
internal sealed class Progress : IDisposable
{
    /// <summary>Fewer files are done too quickly for a bar.</summary>
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
        // By default the library draws no bar while standard output is redirected, which is when one is useful.
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

    /// <summary>Starts a bar, or nothing if none is requested.</summary>
    /// <param name="work">The work, in one word.</param>
    /// <param name="files">The number of steps.</param>
    /// <param name="toFiles">Whether the results go into files; on a terminal they leave no room for a bar.</param>
    /// <param name="quiet">Whether the user requested only errors.</param>
    /// <param name="messages">The messages, held back while the bar is shown.</param>
    /// <param name="environment">The streams and variables.</param>
    public static Progress Start(string work, int files, bool toFiles, bool quiet, Messages messages, CommandEnvironment environment)
    {
        bool room = toFiles || !environment.IsOutputTerminal;
        bool shown = files >= LongWork && room && !quiet && environment.IsErrorTerminal && !environment.IsPlainTerminal;
        return new Progress(work, files, shown, messages, environment.Error);
    }

    /// <summary>Advances the bar by one file.</summary>
    public void Step() => bar?.Increment(1);

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        done.TrySetResult();
        drawing?.Wait();
        messages.Release();
    }
}
