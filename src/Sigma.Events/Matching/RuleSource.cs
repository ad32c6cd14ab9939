using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>The log source of rules, ready to be asked whether events are of it. All rules of one log source share it.</summary>
/// <param name="source">The log source.</param>
/// <param name="fields">Where events tell theirs.</param>
/// <param name="variants">The ways in which its events are recorded.</param>
/// <param name="knownCategories">The events of all known categories, for a category that is not known.</param>
/// <param name="unknown">What is done with events that do not tell their log.</param>
internal sealed class RuleSource(
    LogSource source, SourceFields fields, ImmutableArray<SourceTest> variants, ImmutableArray<SourceTest> knownCategories, UnknownEvents unknown)
{
    /// <summary>The bit of the expression as the rule itself says it.</summary>
    public const uint PlainBit = 1u << 31;

    /// <summary>What an event of Sysmon for Linux says when it is of the log source; null if nothing is known of that.</summary>
    public SourceTest? OnLinux { get; init; }

    /// <summary>Whether it is of a category that is not known, so that its rules are tried on whatever else they may be about.</summary>
    public bool IsOfUnknownCategory => variants.IsEmpty && source.Category is not null;

    /// <summary>Whether it is a kind of log that Windows itself does not write.</summary>
    private bool IsGeneral => source.Product is null && source.Category is { } category && KnownLogs.IsGeneral(category);

    /// <summary>Whether its rules are left out for events that do not tell their log.</summary>
    public bool NeedsKnownLog => !unknown.AreFor(source);

    /// <summary>Whether its rules are left out for an event because that does not tell its log.</summary>
    public bool Misses(EventView view) => NeedsKnownLog && fields.OriginOf(view) is EventOrigin.Unknown && !fields.MustBeWindows(view);

    /// <summary>Which expressions of a rule apply to an event, a bit each: one for each variant, and <see cref="PlainBit"/>; none if the event is of another log source.</summary>
    public uint Applying(EventView view)
    {
        EventOrigin origin = fields.OriginOf(view);
        if (origin is EventOrigin.Unknown && NeedsKnownLog)
        {
            if (Misses(view))
            {
                return 0;
            }

            origin = EventOrigin.Windows;
        }

        if (origin is EventOrigin.Other)
        {
            return view.Event.Log!.MayBe(source) ? PlainBit : 0;
        }

        if (source.Product is { } product && origin is not EventOrigin.Unknown && product != (origin is EventOrigin.Windows ? "windows" : "linux"))
        {
            return 0;
        }

        if (origin is EventOrigin.Linux)
        {
            return IsOfLinux(view) ? PlainBit : 0;
        }

        if (variants.IsEmpty)
        {
            bool named = source.Category is not null || (source.Service is not null && source.Product is null);
            return named && origin is EventOrigin.Windows && (IsOfKnownCategory(view) || (IsGeneral && fields.IsOfWindowsItself(view))) ? 0 : PlainBit;
        }

        uint telling = 0;
        bool open = false;
        for (int i = 0; i < variants.Length; i++)
        {
            Certainty certainty = variants[i].Judge(view);
            telling |= certainty is Certainty.Yes ? 1u << i : 0;
            open |= certainty is Certainty.Open;
        }

        return telling != 0 ? telling : open ? PlainBit : 0;
    }

    /// <summary>Whether an event of Sysmon for Linux is of the log source: its service is sysmon, and its event id says the category.</summary>
    private bool IsOfLinux(EventView view) =>
        (source.Service is null || source.Service.Equals("sysmon", StringComparison.OrdinalIgnoreCase))
        && (OnLinux is { } test ? test.Judge(view) is not Certainty.No : source.Category is null || !KnownLogs.IsInTaxonomy(source.Category));

    private bool IsOfKnownCategory(EventView view)
    {
        foreach (SourceTest category in knownCategories)
        {
            if (category.Judge(view) is Certainty.Yes)
            {
                return true;
            }
        }

        return false;
    }
}
