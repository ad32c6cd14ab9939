using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Sigma.Templates;

/// <summary>An object of templates whose members are made when a template first asks for them.</summary>
/// <param name="members">The members, by name.</param>
/// <param name="about">What they are made of.</param>
/// <param name="isReadOnly">Whether a template may use the names for its own variables.</param>
/// <typeparam name="T">The kind of what they are made of.</typeparam>
internal sealed class LazyObject<T>(IReadOnlyDictionary<string, Func<T, object?>> members, T about, bool isReadOnly) : ScriptObject(16, false)
{
    /// <inheritdoc/>
    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (base.TryGetValue(context, span, member, out value))
        {
            return true;
        }

        if (!members.TryGetValue(member, out Func<T, object?>? make))
        {
            return false;
        }

        value = make(about);
        SetValue(member, value, isReadOnly);
        return true;
    }

    /// <inheritdoc/>
    public override bool Contains(string member) => members.ContainsKey(member) || base.Contains(member);

    /// <inheritdoc/>
    public override bool CanWrite(string member) => !(isReadOnly && members.ContainsKey(member)) && base.CanWrite(member);
}
