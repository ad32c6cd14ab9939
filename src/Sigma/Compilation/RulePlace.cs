using Sigma.Alerts;
using Sigma.Backends;
using Sigma.Rules;
using Sigma.Text;

namespace Sigma.Compilation;

/// <summary>A rule among those of its file.</summary>
/// <param name="Index">Its index, from 0.</param>
/// <param name="Before">How many queries the file has before it of rules with its id, or without an id with its title.</param>
/// <param name="First">The first of these rules; null if it is the first.</param>
internal readonly record struct RulePlace(int Index, int Before, Metadata? First)
{
    /// <summary>
    /// Says that an object has the id or the title of an earlier one of the file. Rules that share a template, <c>action: global</c>, have its
    /// id and title by intent.
    /// </summary>
    /// <param name="metadata">The rule.</param>
    /// <param name="made">Its object, which has a number already.</param>
    /// <returns>An error for an id, a warning for a title; null where there is nothing to say.</returns>
    public Diagnostic? SameObject(Metadata metadata, ObjectName made)
    {
        bool byId = AlertObject.HasId(metadata);
        Span? mine = byId ? metadata.IdPlace : metadata.TitlePlace;
        Span? other = byId ? First?.IdPlace : First?.TitlePlace;
        if (mine is null || other is null || mine == other || (byId && !made.IsFixed))
        {
            return null;
        }

        string rule = $"the rule in line {other.Value.Position.Line}";
        return byId
            ? Diagnostic.SameObject(mine, made.Kind, metadata.Id!, rule)
            : Diagnostic.ObjectRenamed(mine, made.Kind, metadata.Title, rule, made.Shown);
    }
}
