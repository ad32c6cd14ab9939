using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>
/// What sudo writes to a syslog (sudoers(5), "LOG FORMAT"): <c>joe : TTY=pts/0 ; PWD=/home/joe ; USER=root ; COMMAND=/bin/ls -la</c>. A value has its blanks,
/// and the command, the last of them, is all that follows.
/// </summary>
internal static class SudoMessage
{
    private const string Separator = " ; ";
    private const string Command = "COMMAND";

    /// <summary>Adds what a message tells, but for its text.</summary>
    /// <param name="message">The message.</param>
    /// <param name="result">Receives the values.</param>
    /// <returns>Whether it has this form.</returns>
    public static bool TryAdd(string message, Event result)
    {
        int colon = message.IndexOf(" : ", StringComparison.Ordinal);
        if (colon < 0 || !message.Contains(Separator + Command + "=", StringComparison.Ordinal))
        {
            return false;
        }

        for (int at = colon + 3; at < message.Length;)
        {
            int equals = message.IndexOf('=', at);
            int end = message.IndexOf(Separator, at, StringComparison.Ordinal);
            string name = equals < 0 ? "" : message[at..equals];
            end = end < 0 || name == Command ? message.Length : end;
            if (equals > at && equals < end && name.All(char.IsAsciiLetterUpper))
            {
                result.AddText(name, message[(equals + 1)..end]);
            }

            at = end + Separator.Length;
        }

        return true;
    }
}
