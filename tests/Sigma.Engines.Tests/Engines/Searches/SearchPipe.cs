namespace Sigma.Engines.Tests.Engines.Searches;

/// <summary>Cuts a search at its pipes; those in double quotes and square brackets belong to what they stand in.</summary>
internal static class SearchPipe
{
    public static List<string> Split(string search, bool verbatim = false)
    {
        var parts = new List<string>();
        var scanner = new SearchScanner(search, verbatim);
        var start = 0;
        while (!scanner.End)
        {
            switch (scanner.Current)
            {
                case '"' or '\'' when scanner.AtQuote:
                    scanner.Quoted(scanner.Current);
                    break;
                case '[':
                    scanner.Bracketed();
                    break;
                case '|':
                    parts.Add(search[start..scanner.At]);
                    scanner.Step();
                    start = scanner.At;
                    break;
                default:
                    scanner.Step();
                    break;
            }
        }

        parts.Add(search[start..]);
        return parts;
    }
}
