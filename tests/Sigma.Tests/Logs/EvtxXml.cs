namespace Sigma.Tests.Logs;

/// <summary>A part of binary XML: a text, an element, or the place of a value.</summary>
internal abstract record EvtxPiece
{
    public static implicit operator EvtxPiece(string text) => new EvtxLiteral(text);
}

/// <summary>A text.</summary>
internal sealed record EvtxLiteral(string Text) : EvtxPiece;

/// <summary>A token with its content as bytes, for what the others do not write: CDATA, references, instructions.</summary>
internal sealed record EvtxRaw(byte Token, ushort Code = 0, string? Text = null, string? Name = null) : EvtxPiece;

/// <summary>The place of a value.</summary>
internal sealed record EvtxPlace(int Number, byte Type = 1, bool IsOptional = true) : EvtxPiece;

/// <summary>An element.</summary>
internal sealed record EvtxElement(string Name, (string Name, EvtxPiece[] Value)[] Attributes, EvtxPiece[] Content) : EvtxPiece
{
    public static EvtxElement Of(string name, params EvtxPiece[] content) => new(name, [], content);

    public EvtxElement With(string name, params EvtxPiece[] value) => this with { Attributes = [.. Attributes, (name, value)] };
}

/// <summary>A value: its type and bytes, or binary XML of its own.</summary>
internal sealed record EvtxTyped(byte Type, byte[] Bytes)
{
    /// <summary>A template with its values, for binary XML.</summary>
    public (EvtxElement Template, EvtxTyped[] Values)? Xml { get; init; }

    /// <summary>Whether the XML stands there itself, without a template.</summary>
    public bool IsDirect { get; init; }

    public static EvtxTyped Null { get; } = new(0, []);

    public static EvtxTyped Text(string text) => new(1, System.Text.Encoding.Unicode.GetBytes(text));

    public static EvtxTyped UInt16(ushort number) => new(6, BitConverter.GetBytes(number));

    public static EvtxTyped UInt32(uint number) => new(8, BitConverter.GetBytes(number));

    public static EvtxTyped Nested(EvtxElement template, params EvtxTyped[] values) => new(0x21, []) { Xml = (template, values) };

    public static EvtxTyped Direct(EvtxElement element) => new(0x21, []) { Xml = (element, []), IsDirect = true };
}
