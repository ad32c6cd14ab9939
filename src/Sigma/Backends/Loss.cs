namespace Sigma.Backends;

/// <summary>What a style could not say about a text.</summary>
[Flags]
internal enum Loss
{
    /// <summary>It said everything.</summary>
    None = 0,

    /// <summary><c>?</c> was written as the wildcard for any characters.</summary>
    OneWidened = 1,

    /// <summary>A literal <c>*</c> or <c>?</c> was written that the target takes for a wildcard.</summary>
    LiteralWidened = 2,

    /// <summary>A wildcard has no expression at all.</summary>
    NoWildcard = 4,

    /// <summary>It has a character that the style has no way to write.</summary>
    NoCharacter = 8,

    /// <summary>It has the form of a network, which the target takes for all addresses of it.</summary>
    NetworkWidened = 16,

    /// <summary>It has no regular expression that the target would take.</summary>
    NoPattern = 32,

    /// <summary>A control character was written as a wildcard for one character, or as a class of all of them.</summary>
    ControlWidened = 64,

    /// <summary>It has a character that the language reads as a wildcard and cannot escape.</summary>
    SignWidened = 128,

    /// <summary>It has a letter beyond ASCII, of which the target finds only the case that is written.</summary>
    CaseNarrowed = 256,

    /// <summary>It is no value of the type that the field has.</summary>
    NoForm = 512,

    /// <summary>It is longer than the target takes.</summary>
    TooLong = 1024,
}
