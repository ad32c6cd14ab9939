namespace Sigma.Cli;

/// <summary>Why a file could not be read or written, without the runtime's own path in the sentence.</summary>
internal static class FileErrors
{
    /// <summary>Whether an exception says that a file could not be read or written.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The reason, in few words.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException => "it does not exist, or is a link to nothing",
        DirectoryNotFoundException => "a folder of its path does not exist, or is a file",
        PathTooLongException => "the name is too long",
        UnauthorizedAccessException { InnerException: IOException system } => system.Message,
        UnauthorizedAccessException => "permission denied",
        _ when exception.Message.EndsWith("already exists.", StringComparison.Ordinal) => "a file with that name already exists",
        _ => exception.Message.Split(" : '")[0],
    };
}
