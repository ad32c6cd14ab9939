using Sigma.Text;

namespace Sigma.Cli;

/// <summary>Why a file could not be read or written, without the runtime's own path in the sentence.</summary>
internal static class FileErrors
{
    private const string NotUtf8 = "its name is not valid UTF-8, and files are opened by such names only; rename it";

    /// <summary>Says that there is no such file or folder; of a name that is not valid UTF-8, that it cannot be opened.</summary>
    /// <param name="path">The path as the user gave it.</param>
    public static Diagnostic Missing(string path) => IsDamaged(path) ? Diagnostic.CannotRead(null, $"{path}: {NotUtf8}") : Diagnostic.NoSuchInput(null, path);

    /// <summary>The runtime puts this character where the bytes of a name are no text, and then no longer finds the file.</summary>
    private static bool IsDamaged(string path) => path.Contains('\uFFFD');

    /// <summary>Whether an exception says that a file could not be read or written.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException || IsTooLarge(exception);

    /// <summary>The runtime says so, in its own words, of a file that would be larger than the file system or <c>ulimit -f</c> allows.</summary>
    private static bool IsTooLarge(Exception exception) =>
        exception is ArgumentOutOfRangeException { ParamName: "value" } && exception.Message.StartsWith("Specified file length", StringComparison.Ordinal);

    /// <summary>The reason, in few words.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException { FileName: { } name } when IsDamaged(name) => NotUtf8,
        FileNotFoundException => "it does not exist, or is a link to nothing",
        DirectoryNotFoundException => "a folder of its path does not exist, or is a file",
        PathTooLongException => "the name is too long",
        UnauthorizedAccessException { InnerException: IOException system } => system.Message,
        UnauthorizedAccessException => "permission denied",
        _ when IsTooLarge(exception) => "the file is larger than the system allows",
        _ when exception.Message.EndsWith("already exists.", StringComparison.Ordinal) => "a file with that name already exists",
        _ => exception.Message.Split(" : '")[0],
    };
}
