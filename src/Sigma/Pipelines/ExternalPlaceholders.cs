using Sigma.Rules;
using Sigma.Text;
using Sigma.Yaml;

namespace Sigma.Pipelines;

/// <summary>
/// Placeholders whose values come from outside of the pipeline. Off unless the user allows the kind: a pipeline is often
/// somebody else's file. A refusal or failure refuses the rule; there is never an empty value.
/// </summary>
/// <param name="choice">Which placeholders.</param>
/// <param name="format">How values are found in what comes.</param>
internal abstract class ExternalPlaceholders(PlaceholderChoice choice, ExternalFormat format) : PlaceholderReplacement(choice)
{
    /// <summary>How much is read by default: 10 MiB, as in the public format.</summary>
    protected const int DefaultMaxBytes = 10 * 1024 * 1024;

    /// <summary>The flag of the command line that allows this kind.</summary>
    protected abstract string Flag { get; }

    /// <summary>What it reads from, for messages.</summary>
    protected abstract string Source { get; }

    /// <summary>Whether the user allows this kind.</summary>
    protected abstract bool IsAllowed(PipelinePermissions permissions);

    /// <summary>Fetches the text.</summary>
    /// <exception cref="ExternalSourceException">It cannot be had.</exception>
    protected abstract string Fetch();

    /// <inheritdoc/>
    protected override IReadOnlyList<SigmaString> TextsFor(PipelineRun run, PipelineItem item, string name, Span span)
    {
        if (!IsAllowed(run.Settings.Permissions))
        {
            run.Report(Diagnostic.ReachNotAllowed(item.Span, item.Type, Source, Flag));
            return [];
        }

        ExternalResult result = run.Settings.Fetch(this, Get);
        if (result.Problem is { } problem)
        {
            run.Report(Diagnostic.ExternalSource(item.Span, item.Type, Source, problem));
            return [];
        }

        return [.. result.Values.Select(SigmaString.Parse)];
    }

    private ExternalResult Get()
    {
        try
        {
            string[] values = [.. format.Values(Fetch())];
            return values.Length == 0 ? ExternalResult.Failed("it has no value") : new ExternalResult([.. values], null);
        }
        catch (ExternalSourceException exception)
        {
            return ExternalResult.Failed(exception.Message);
        }
    }
}

/// <summary>Why nothing could be had from outside, in words for the user.</summary>
internal sealed class ExternalSourceException(string message) : Exception(message);

/// <summary><c>file_placeholders</c>: values from a file; needs <c>--allow-files</c>.</summary>
internal sealed class FilePlaceholders(string path, string folder, PlaceholderChoice choice, ExternalFormat format) : ExternalPlaceholders(choice, format)
{
    /// <summary>Reads <c>path</c>, relative to the pipeline's folder, and what <see cref="ExternalFormat"/> and <see cref="PlaceholderChoice"/> read.</summary>
    public static Transformation? Read(Parameters parameters)
    {
        string path = parameters.Required("path");
        PlaceholderChoice choice = PlaceholderChoice.Read(parameters);
        return ExternalFormat.Read(parameters) is { } format ? new FilePlaceholders(path, parameters.Folder, choice, format) : null;
    }

    /// <inheritdoc/>
    protected override string Flag => "--allow-files";

    /// <inheritdoc/>
    protected override string Source => $"the file {path}";

    /// <inheritdoc/>
    protected override bool IsAllowed(PipelinePermissions permissions) => permissions.AllowFiles;

    /// <inheritdoc/>
    protected override string Fetch()
    {
        try
        {
            string file = Path.Combine(folder, path);
            if (FileBounds.Refusal(file) is { } refusal)
            {
                throw new ExternalSourceException(refusal.Message);
            }

            using FileStream stream = File.OpenRead(file);
            return ExternalSources.ReadText(stream, DefaultMaxBytes);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExternalSourceException("no such file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExternalSourceException(exception.Message);
        }
    }
}

/// <summary><c>http_placeholders</c>: values from a web server; needs <c>--allow-http</c>.</summary>
internal sealed class HttpPlaceholders(HttpCall call, PlaceholderChoice choice, ExternalFormat format) : ExternalPlaceholders(choice, format)
{
    /// <summary>
    /// Reads <c>url</c>, <c>method</c> (GET), <c>timeout</c> in seconds (10), <c>headers</c>, <c>params</c>, <c>form_data</c> or
    /// <c>json_body</c>, <c>max_body_size</c> in bytes (10 MiB), and what <see cref="FilePlaceholders"/> reads besides its path.
    /// </summary>
    public static Transformation? Read(Parameters parameters)
    {
        string url = parameters.Required("url");
        if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https")))
        {
            parameters.Diagnostics.Add(Diagnostic.PipelineValue(parameters.Node("url")!.Span, "url", "an address that starts with http:// or https://", $"'{url}'"));
        }

        if (parameters.Node("form_data") is { } form && parameters.Node("json_body") is not null)
        {
            parameters.Diagnostics.Add(Diagnostic.ExclusiveParameters(form.Span, parameters.Owner, "form_data", "json_body"));
        }

        var call = new HttpCall(
            url,
            parameters.Text("method") ?? "GET",
            parameters.TextMap("headers"),
            parameters.TextMap("params"),
            parameters.Node("form_data") is null ? null : parameters.TextMap("form_data"),
            parameters.Node("json_body") is { } body ? JsonText.Of(body) : null,
            TimeSpan.FromSeconds(parameters.Count("timeout", 10)),
            parameters.Count("max_body_size", DefaultMaxBytes));
        PlaceholderChoice choice = PlaceholderChoice.Read(parameters);
        return ExternalFormat.Read(parameters) is { } format ? new HttpPlaceholders(call, choice, format) : null;
    }

    /// <inheritdoc/>
    protected override string Flag => "--allow-http";

    /// <inheritdoc/>
    protected override string Source => call.Url;

    /// <inheritdoc/>
    protected override bool IsAllowed(PipelinePermissions permissions) => permissions.AllowHttp;

    /// <inheritdoc/>
    protected override string Fetch() => ExternalSources.Request(call);
}

/// <summary><c>command_placeholders</c>: values from a program's output; needs <c>--allow-commands</c>.</summary>
internal sealed class CommandPlaceholders(CommandCall call, PlaceholderChoice choice, ExternalFormat format) : ExternalPlaceholders(choice, format)
{
    /// <summary>
    /// Reads <c>cmd</c>, a text for the shell or a list of a program and its arguments, <c>timeout</c> in seconds (30),
    /// <c>max_stdout</c> in bytes (10 MiB), and what <see cref="FilePlaceholders"/> reads besides its path.
    /// </summary>
    public static Transformation? Read(Parameters parameters)
    {
        IReadOnlyList<string> words = parameters.Texts("cmd");
        if (words.Count == 0 || words[0].Length == 0)
        {
            parameters.Missing("cmd");
            return null;
        }

        var call = new CommandCall(
            words, parameters.Node("cmd") is YamlScalar, parameters.Folder, TimeSpan.FromSeconds(parameters.Count("timeout", 30)), parameters.Count("max_stdout", DefaultMaxBytes));
        PlaceholderChoice choice = PlaceholderChoice.Read(parameters);
        return ExternalFormat.Read(parameters) is { } format ? new CommandPlaceholders(call, choice, format) : null;
    }

    /// <inheritdoc/>
    protected override string Flag => "--allow-commands";

    /// <inheritdoc/>
    protected override string Source => $"the command {string.Join(' ', call.Words)}";

    /// <inheritdoc/>
    protected override bool IsAllowed(PipelinePermissions permissions) => permissions.AllowCommands;

    /// <inheritdoc/>
    protected override string Fetch() => ExternalSources.Run(call);
}
