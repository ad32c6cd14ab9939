using Sigma.Engines.Tests.Engines.Searches;

namespace Sigma.Engines.Tests.Engines.Esql;

/// <summary>
/// Patterns of LIKE: * for any characters and ? for one, with a backslash in front of either for the character itself, and in front of
/// another backslash. Before anything else a backslash is an error of the query. The pattern fits a whole value, by case.
/// </summary>
internal static class EsqlPattern
{
    public static WildcardText Like(string pattern)
    {
        var made = new WildcardText(ignoreCase: false);
        var runes = pattern.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            switch (runes[i].Value)
            {
                case '*':
                    made.AddMany();
                    break;
                case '?':
                    made.Add(WildcardText.One);
                    break;
                case '\\':
                    made.Add(++i < runes.Count && runes[i].Value is '*' or '?' or '\\'
                        ? runes[i].Value
                        : throw new SearchError("Invalid sequence - escape character is not followed by special wildcard char"));
                    break;
                default:
                    made.Add(runes[i].Value);
                    break;
            }
        }

        return made;
    }
}
