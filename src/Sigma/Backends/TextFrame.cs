namespace Sigma.Backends;

/// <summary>How several texts of a format become one that its reader takes: what all of them begin and end with stands once.</summary>
/// <param name="Header">What every text begins with.</param>
/// <param name="Separator">What stands between the rest of two texts.</param>
/// <param name="Footer">What every text ends with.</param>
internal sealed record TextFrame(string Header, string Separator, string Footer)
{
    /// <summary>Joins texts; null if one has not this form, because a pipeline changed it.</summary>
    public string? Join(IReadOnlyList<string> texts)
    {
        string[] whole = [.. texts.Select(text => text.TrimEnd('\n'))];
        return Array.TrueForAll(whole, HasForm)
            ? Header + string.Join(Separator, whole.Select(text => text[Header.Length..^Footer.Length])) + Footer
            : null;
    }

    private bool HasForm(string text) => text.Length >= Header.Length + Footer.Length
        && text.StartsWith(Header, StringComparison.Ordinal) && text.EndsWith(Footer, StringComparison.Ordinal);
}

/// <summary>Where only one text of a format may stand.</summary>
internal enum Alone
{
    /// <summary>Nowhere: texts may follow one another.</summary>
    No,

    /// <summary>In a file of its own; a stream may have several.</summary>
    File,

    /// <summary>Everywhere: its reader takes one only.</summary>
    Always,
}
