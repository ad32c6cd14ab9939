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

    private Progress(int files, bool shown, Messages messages)
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
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        var started = new TaskCompletionSource();
        drawing = Task.Run(() => console.Progress().AutoClear(true).StartAsync(async context =>
        {
            bar = context.AddTask("Converting", maxValue: files);
            started.SetResult();
            await done.Task.ConfigureAwait(false);
        }));
        Task.WhenAny(started.Task, drawing).Wait();
    }

    /// <summary>Starts a bar, or nothing where none is wanted.</summary>
    /// <param name="files">How many steps there will be.</param>
    /// <param name="settings">What the user asked for; queries on a terminal leave no room for a bar.</param>
    /// <param name="messages">Kept back while the bar is there.</param>
    public static Progress Start(int files, ConvertSettings settings, Messages messages)
    {
        bool room = settings.Output is not null || Console.IsOutputRedirected;
        return new Progress(files, files >= LongWork && room && !settings.Quiet && Messages.OnTerminal, messages);
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
