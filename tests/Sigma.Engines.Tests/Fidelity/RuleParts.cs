namespace Sigma.Engines.Tests.Fidelity;

/// <summary>What random rules and events may hold, for a target that cannot say or see everything.</summary>
[Flags]
internal enum RuleParts
{
    Texts = 0,

    /// <summary>Values without a field.</summary>
    Keywords = 1,

    /// <summary>Keywords with wildcards.</summary>
    WildcardKeywords = 2,

    /// <summary>null, exists and the empty text.</summary>
    Absence = 4,

    /// <summary>Numbers and comparisons, over a field that holds numbers.</summary>
    Numbers = 8,

    /// <summary>cidr, over a field that holds addresses.</summary>
    Networks = 16,

    /// <summary>Comparisons with another field of the event.</summary>
    References = 32,

    /// <summary>Regular expressions.</summary>
    Expressions = 64,

    /// <summary>Letters whose upper or lower case differs from engine to engine.</summary>
    OddLetters = 128,

    /// <summary>Characters of two UTF-16 units.</summary>
    Pairs = 256,

    /// <summary>Line breaks and tabs in values.</summary>
    Breaks = 512,

    /// <summary>Field names with blanks, signs, and words of the language.</summary>
    OddNames = 1024,

    /// <summary>Texts without a letter or digit as plain values.</summary>
    Wordless = 2048,

    /// <summary>Numbers as values of fields that hold texts.</summary>
    NumbersInTexts = 4096,

    /// <summary>Texts that are no numbers in the field that holds numbers.</summary>
    OddNumbers = 8192,

    Everything = 16383,
}
