using System.Text;

namespace Sigma.Pipelines;

/// <summary>The methods by which names and texts change their case.</summary>
internal static class NameCase
{
    /// <summary>The methods by the names that pipelines use.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Methods { get; } = new Dictionary<string, Func<string, string>>(StringComparer.Ordinal)
    {
        ["lower"] = static text => text.ToLowerInvariant(),
        ["upper"] = static text => text.ToUpperInvariant(),
        ["snake_case"] = ToSnakeCase,
    };

    /// <summary><c>ParentProcessId</c> to <c>parent_process_id</c>, <c>EventID</c> to <c>event_id</c>, <c>HTTPMethod</c> to <c>http_method</c>.</summary>
    private static string ToSnakeCase(string text)
    {
        var snake = new StringBuilder(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            bool starts = i > 0 && char.IsUpper(text[i])
                && (char.IsLower(text[i - 1]) || char.IsDigit(text[i - 1])
                    || (char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1])));
            if (starts)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(text[i]));
        }

        return snake.ToString();
    }
}
