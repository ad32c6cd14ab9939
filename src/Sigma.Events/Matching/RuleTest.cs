using System.Collections.Immutable;
using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>
/// A rule ready to be asked: its expression once for each variant of its log source, and once as the rule itself says
/// it, for events that do not tell their log source.
/// </summary>
internal sealed class RuleTest
{
    /// <summary>The bit of the expression as the rule itself says it.</summary>
    private const uint PlainBit = 1u << 31;

    private readonly LogSource source;
    private readonly SourceFields fields;
    private readonly EventTest plain;
    private readonly ImmutableArray<(SourceTest Source, EventTest Body)> variants;
    private readonly ImmutableArray<SourceTest> knownCategories;
    private readonly UnknownEvents unknown;

    /// <summary>Creates the test.</summary>
    /// <param name="source">The rule's log source.</param>
    /// <param name="fields">Where events tell theirs.</param>
    /// <param name="plain">The rule's expression.</param>
    /// <param name="variants">The variants, each with the rule's expression in its field names.</param>
    /// <param name="knownCategories">The events of all known categories, for a rule of a category that is not known.</param>
    /// <param name="unknown">What is done with events that do not tell their log.</param>
    public RuleTest(
        LogSource source,
        SourceFields fields,
        EventTest plain,
        ImmutableArray<(SourceTest Source, EventTest Body)> variants,
        ImmutableArray<SourceTest> knownCategories,
        UnknownEvents unknown)
    {
        this.unknown = unknown;
        this.source = source;
        this.fields = fields;
        this.plain = plain;
        this.variants = variants;
        this.knownCategories = knownCategories;
    }

    /// <summary>The expression as the rule itself says it.</summary>
    public EventTest Plain => plain;

    /// <summary>Whether the rule is of a category that is not known, so that it is tried on whatever else it may be about.</summary>
    public bool IsOfUnknownCategory => variants.IsEmpty && source.Category is not null;

    /// <summary>Whether the rule is about a kind of log that Windows itself does not write.</summary>
    private bool IsGeneral => source.Product is null && source.Category is { } category && KnownLogs.IsGeneral(category);

    /// <summary>Whether the rule is left out for events that do not tell their log.</summary>
    public bool NeedsKnownLog => !unknown.AreFor(source);

    /// <summary>Whether it is left out for an event because that does not tell its log.</summary>
    public bool Misses(EventView view) => NeedsKnownLog && fields.OriginOf(view) is EventOrigin.Unknown && !fields.MustBeWindows(view);

    /// <summary>Which of the expressions apply to an event, a bit each; none if the event is of another log source.</summary>
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

        if (variants.IsEmpty || (origin is EventOrigin.Linux && source.Product is null))
        {
            bool named = source.Category is not null || (source.Service is not null && source.Product is null);
            return named && origin is EventOrigin.Windows && (IsOfKnownCategory(view) || (IsGeneral && fields.IsOfWindowsItself(view))) ? 0 : PlainBit;
        }

        uint telling = 0;
        bool open = false;
        for (int i = 0; i < variants.Length; i++)
        {
            Certainty certainty = variants[i].Source.Judge(view);
            telling |= certainty is Certainty.Yes ? 1u << i : 0;
            open |= certainty is Certainty.Open;
        }

        return telling != 0 ? telling : open ? PlainBit : 0;
    }

    /// <summary>The expressions of some bits.</summary>
    public IEnumerable<EventTest> Bodies(uint applying)
    {
        if ((applying & PlainBit) != 0)
        {
            yield return plain;
        }

        for (int i = 0; i < variants.Length; i++)
        {
            if ((applying & (1u << i)) != 0)
            {
                yield return variants[i].Body;
            }
        }
    }

    /// <summary>Whether the event passes.</summary>
    public bool Holds(EventView view)
    {
        uint applying = Applying(view);
        if ((applying & PlainBit) != 0 && plain.Holds(view))
        {
            return true;
        }

        for (int i = 0; i < variants.Length; i++)
        {
            if ((applying & (1u << i)) != 0 && variants[i].Body.Holds(view))
            {
                return true;
            }
        }

        return false;
    }

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
