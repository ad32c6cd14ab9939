using Sigma.Events.Matching;

namespace Sigma.Events.Logs;

/// <summary>What a step of a template adds to an event.</summary>
internal enum EvtxStepKind
{
    /// <summary>That a field has fields of its own.</summary>
    Object,

    /// <summary>A field without a value.</summary>
    Null,

    /// <summary>A text of the template itself.</summary>
    Text,

    /// <summary>A value of the record in an element, or a field without a value.</summary>
    Value,

    /// <summary>A value of the record in an attribute; nothing if there is none.</summary>
    Attribute,

    /// <summary>A value of the record among other elements: usually elements of its own.</summary>
    Splice,

    /// <summary>Texts and values of the record after one another.</summary>
    Mixed,

    /// <summary>The begin of an element of attributes only.</summary>
    StartOfAttributes,

    /// <summary>Its end: a field with fields of its own if the record has any of them, otherwise one without a value.</summary>
    EndOfAttributes,

    /// <summary>A field whose name is a value of the record.</summary>
    Named,
}

/// <summary>A step of a template.</summary>
/// <param name="Kind">What it adds.</param>
/// <param name="Path">The field; for <see cref="EvtxStepKind.Named"/> the one around it.</param>
internal sealed record EvtxStep(EvtxStepKind Kind, EventPath Path)
{
    /// <summary>The number of the record's value.</summary>
    public int Value { get; init; } = -1;

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Texts and values.</summary>
    public IReadOnlyList<EvtxPart> Parts { get; init; } = [];

    /// <summary>The parts of the name of <see cref="EvtxStepKind.Named"/>.</summary>
    public IReadOnlyList<EvtxPart> Name { get; init; } = [];
}

/// <summary>A text, or the number of a value of the record.</summary>
/// <param name="Text">The text; null for a value.</param>
/// <param name="Value">The number of the value.</param>
internal readonly record struct EvtxPart(string? Text, int Value);

/// <summary>A value of a record.</summary>
/// <param name="Start">Where it begins in the chunk.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct EvtxValue(int Start, int Size, byte Type)
{
    /// <summary>Whether it is binary XML.</summary>
    public bool IsXml => Type == EvtxValues.BinaryXml && Size > 0;
}

/// <summary>A template whose binary XML is understood: what it adds to an event, step by step.</summary>
/// <param name="Parent">The field around its element.</param>
/// <param name="Steps">Its steps.</param>
internal sealed record EvtxTemplate(EventPath Parent, EvtxStep[] Steps);
