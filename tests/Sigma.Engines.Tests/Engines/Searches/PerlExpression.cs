using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>
/// A Perl-compatible expression, run by PCRE2 itself, the library behind grep's <c>-P</c>; where it is not installed, by .NET, in the
/// translation of <see cref="SearchPattern"/>.
/// </summary>
internal sealed class PerlExpression
{
    private const string Library = "libpcre2-8.so.0";
    private const uint Utf = 0x0008_0000;
    private const int NoMatch = -1;

    /// <summary>So many steps that only an expression that multiplies its ways needs more.</summary>
    private const uint MostSteps = 1_000_000;

    private readonly nint code;
    private readonly nint settings;
    private readonly Regex? translated;

    /// <exception cref="SearchError">The text is no expression.</exception>
    public PerlExpression(string pattern)
    {
        if (!Present)
        {
            translated = SearchPattern.Of(pattern);
            return;
        }

        byte[] text = Bytes(pattern, out var length);
        code = Compile(text, length, Utf, out var error, out var offset, 0);
        if (code == 0)
        {
            throw new SearchError($"'{pattern}' is not an expression: {Message(error)} at {offset}");
        }

        settings = CreateMatchContext(0);
        _ = SetMatchLimit(settings, MostSteps);
    }

    ~PerlExpression()
    {
        if (code != 0)
        {
            FreeMatchContext(settings);
            FreeCode(code);
        }
    }

    /// <summary>Whether PCRE2 is installed.</summary>
    public static bool Present { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Whether the expression is found in a text.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long to tell.</exception>
    public bool IsMatch(string text) => Groups(text) is not null;

    /// <summary>The groups of the first place where the expression is found, the whole of it first; null where it is not found.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long to tell.</exception>
    public IReadOnlyList<string?>? Groups(string text)
    {
        if (translated is not null)
        {
            var found = translated.Match(text);
            return found.Success ? [.. found.Groups.Values.Select(group => group.Success ? group.Value : null)] : null;
        }

        byte[] subject = Bytes(text, out var length);
        var data = CreateMatchData(code, 0);
        try
        {
            var result = Match(code, subject, length, 0, 0, data, settings);
            GC.KeepAlive(this);
            return result == NoMatch ? null
                : result < 0 ? throw new RegexMatchTimeoutException(Message(result))
                : [.. Enumerable.Range(0, (int)CountOfGroups(data)).Select(group => Group(subject, data, group))];
        }
        finally
        {
            FreeMatchData(data);
        }
    }

    private static string? Group(byte[] subject, nint data, int group)
    {
        var places = PlacesOfGroups(data);
        var begin = Marshal.ReadIntPtr(places, 2 * group * nint.Size);
        var end = Marshal.ReadIntPtr(places, ((2 * group) + 1) * nint.Size);
        return begin < 0 || end < begin ? null : Encoding.UTF8.GetString(subject, (int)begin, (int)(end - begin));
    }

    /// <summary>The bytes of a text, with a NUL behind them so that there is something to point at.</summary>
    private static byte[] Bytes(string text, out nuint length)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\0");
        length = (nuint)bytes.Length - 1;
        return bytes;
    }

    private static string Message(int error)
    {
        var buffer = new byte[256];
        var length = GetErrorMessage(error, buffer, (nuint)buffer.Length);
        return length > 0 ? Encoding.UTF8.GetString(buffer, 0, length) : $"PCRE2 says {error}";
    }

    [DllImport(Library, EntryPoint = "pcre2_compile_8")]
    private static extern nint Compile(byte[] pattern, nuint length, uint options, out int error, out nuint offset, nint context);

    [DllImport(Library, EntryPoint = "pcre2_code_free_8")]
    private static extern void FreeCode(nint code);

    [DllImport(Library, EntryPoint = "pcre2_match_context_create_8")]
    private static extern nint CreateMatchContext(nint general);

    [DllImport(Library, EntryPoint = "pcre2_match_context_free_8")]
    private static extern void FreeMatchContext(nint context);

    [DllImport(Library, EntryPoint = "pcre2_set_match_limit_8")]
    private static extern int SetMatchLimit(nint context, uint limit);

    [DllImport(Library, EntryPoint = "pcre2_match_data_create_from_pattern_8")]
    private static extern nint CreateMatchData(nint code, nint general);

    [DllImport(Library, EntryPoint = "pcre2_match_data_free_8")]
    private static extern void FreeMatchData(nint data);

    [DllImport(Library, EntryPoint = "pcre2_match_8")]
    private static extern int Match(nint code, byte[] subject, nuint length, nuint start, uint options, nint data, nint context);

    [DllImport(Library, EntryPoint = "pcre2_get_ovector_pointer_8")]
    private static extern nint PlacesOfGroups(nint data);

    [DllImport(Library, EntryPoint = "pcre2_get_ovector_count_8")]
    private static extern uint CountOfGroups(nint data);

    [DllImport(Library, EntryPoint = "pcre2_get_error_message_8")]
    private static extern int GetErrorMessage(int error, byte[] buffer, nuint length);
}
