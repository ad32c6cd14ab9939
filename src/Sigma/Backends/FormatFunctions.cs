using Sigma.Backends.Targets;
using Sigma.Templates;

namespace Sigma.Backends;

/// <summary>The functions that templates of formats have besides those of all templates.</summary>
internal static class FormatFunctions
{
    /// <summary>The functions that write a text for a reader outside: those of all templates, and those of the targets' folders.</summary>
    public static IReadOnlyList<(string Name, TextFunction Function)> Quoting { get; } = [.. TemplateFunctions.Quoting, .. TargetFunctions.All];

    /// <summary><c>{{ field | field_name }}</c>: a field's name as it stands in a query, quoted where it needs to be.</summary>
    /// <param name="dialect">The target's language, over the table of the query.</param>
    /// <param name="refuse">Takes a name that cannot be written.</param>
    public static TextFunction FieldName(Func<Dialect> dialect, Action<string> refuse) =>
        Naming(name => dialect().CanName(name, expression: false), name => dialect().FieldText(name), refuse);

    /// <summary><c>{{ field | field_expression }}</c>: a field's name as it stands in an expression of a later stage.</summary>
    /// <param name="dialect">The target's language, over the table of the query.</param>
    /// <param name="refuse">Takes a name that cannot be written.</param>
    public static TextFunction FieldExpression(Func<Dialect> dialect, Action<string> refuse) =>
        Naming(name => dialect().CanName(name, expression: true), name => dialect().FieldExpression(name), refuse);

    private static TextFunction Naming(Func<string, bool> can, Func<string, string> write, Action<string> refuse) =>
        new(name =>
        {
            if (name is not null && !can(name))
            {
                refuse(name);
            }

            return name is null ? "" : write(name);
        });
}
