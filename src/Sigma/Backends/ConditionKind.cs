namespace Sigma.Backends;

/// <summary>A kind of condition; <see cref="Shapes"/> has their names in backends and what they are.</summary>
internal enum ConditionKind
{
    /// <summary>A field equals a text.</summary>
    Text,

    /// <summary>A field fits a text with * or ?.</summary>
    Wildcard,

    /// <summary>A field starts with a text.</summary>
    StartsWith,

    /// <summary>A field ends with a text.</summary>
    EndsWith,

    /// <summary>A field contains a text.</summary>
    Contains,

    /// <summary>A field has any text: the value is * alone.</summary>
    Anything,

    /// <summary>A text with a * or ? that the style of 'wildcard' or 'text' cannot say.</summary>
    Pattern,

    /// <summary>A text with a character that the style of 'wildcard' or 'text' cannot write.</summary>
    Unwritable,

    /// <summary>A field is the empty text.</summary>
    Empty,

    /// <summary>A field equals a number.</summary>
    Number,

    /// <summary>A field is true or false.</summary>
    Boolean,

    /// <summary>A field equals one of several texts or numbers.</summary>
    List,

    /// <summary>A field fits one of several texts, some with wildcards.</summary>
    WildcardList,

    /// <summary>A field equals a text, case-sensitive.</summary>
    Cased,

    /// <summary>A field fits a text with wildcards, case-sensitive.</summary>
    CasedWildcard,

    /// <summary>A field starts with a text, case-sensitive.</summary>
    CasedStartsWith,

    /// <summary>A field ends with a text, case-sensitive.</summary>
    CasedEndsWith,

    /// <summary>A field contains a text, case-sensitive.</summary>
    CasedContains,

    /// <summary>A regular expression is found in a field.</summary>
    Regex,

    /// <summary>A field is an address of a network.</summary>
    Cidr,

    /// <summary>A field is an address of an IPv6 network.</summary>
    CidrV6,

    /// <summary>A field is less or greater than a number.</summary>
    Compare,

    /// <summary>A field is absent or has no value.</summary>
    Null,

    /// <summary>An event has a field.</summary>
    Exists,

    /// <summary>An event has not a field.</summary>
    NotExists,

    /// <summary>A field equals another field.</summary>
    FieldEquals,

    /// <summary>A field starts with another field's value.</summary>
    FieldStartsWith,

    /// <summary>A field ends with another field's value.</summary>
    FieldEndsWith,

    /// <summary>A field contains another field's value.</summary>
    FieldContains,

    /// <summary>A part of a date compares with a number.</summary>
    TimePart,

    /// <summary>A text stands anywhere in the event.</summary>
    Keyword,

    /// <summary>A text with wildcards stands anywhere in the event.</summary>
    KeywordWildcard,

    /// <summary>A keyword with a * or ? that its style cannot say.</summary>
    KeywordPattern,

    /// <summary>A keyword with a character that its style cannot write.</summary>
    KeywordUnwritable,

    /// <summary>One of several texts stands anywhere in the event.</summary>
    KeywordList,

    /// <summary>A text stands anywhere in the event, case-sensitive.</summary>
    KeywordCased,

    /// <summary>A regular expression is found anywhere in the event.</summary>
    KeywordRegex,

    /// <summary>A field that is counted by, for the templates; its name stands there as it is.</summary>
    Aggregation,

    /// <summary>An expression in the target's own language, which a pipeline put there; it has no shape.</summary>
    QueryExpression,
}
