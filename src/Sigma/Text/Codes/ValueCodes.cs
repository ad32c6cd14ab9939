namespace Sigma.Text;

/// <content>SIG02xx: detections, values and modifiers.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode InvalidValue = Error(
        "SIG0211",
        "{found} is not allowed as a value",
        "{hint}",
        """
        A value of a field is a string, a number, a boolean or null. Lists in lists, maps and unquoted
        dates have no defined meaning as values. Quote a date; write lists flat.

            Date: 2026-11-24      # bad: a YAML date
            Date: '2026-11-24'    # good: a string
        """);

    public static readonly DiagnosticCode UnknownModifier = Error(
        "SIG0212",
        "unknown modifier '{modifier}'",
        null,
        """
        A modifier stands after `|` in the name of a field and says how the values are compared. There is
        none with this name, and ignoring it would change what the rule means. `sigmac list modifiers`
        lists all of them.

            Image|endwith: '\whoami.exe'     # bad
            Image|endswith: '\whoami.exe'    # good
        """);

    public static readonly DiagnosticCode ModifierOrder = Error(
        "SIG0213",
        "'{modifier}' must be the first modifier",
        "only 'all' and 'neq' can come before it",
        """
        Modifiers are applied from left to right. This one needs the value as it is written, so nothing
        that changes the value can come before it. Move it to the front, or remove the other modifiers.

            CommandLine|contains|re: 'whoami'    # bad
            CommandLine|re: 'whoami'             # good: a regular expression may match anywhere
        """);

    public static readonly DiagnosticCode ModifierInput = Error(
        "SIG0214",
        "'{modifier}' needs {expected}, not {found}",
        null,
        """
        The modifier cannot be applied to a value of this type. The type is that after the modifiers
        before it: after `re` a value is a regular expression. Numbers are numbers only without quotes.

            EventID|contains: 4688      # bad: a number
            EventID|contains: '4688'    # good: a string
        """);

    public static readonly DiagnosticCode ModifierNeedsField = Error(
        "SIG0215",
        "'{modifier}' needs a field, but this is a keyword",
        null,
        """
        The item has no field name before the modifier, so it is a keyword, which is searched in the whole
        event. This modifier compares the value of a field. Write the field's name before the first `|`.
        """);

    public static readonly DiagnosticCode InvalidRegex = Error(
        "SIG0216",
        "invalid regular expression: {reason}",
        null,
        """
        The pattern does not follow the syntax of PCRE, which sigmac reads and then writes in each
        target's own dialect. The carets are under the part in question. To search for a special character
        itself, put a backslash before it.

            CommandLine|re: 'whoami(\.exe'     # bad
            CommandLine|re: 'whoami\(\.exe'    # good: a literal parenthesis
        """);

    public static readonly DiagnosticCode InvalidCidr = Error(
        "SIG0217",
        "'{value}' is not a valid network: {reason}",
        "write 10.0.0.0/8 or 2001:db8::/32",
        """
        `cidr` needs an IPv4 or IPv6 network as an address and a prefix length. Shortened addresses and
        bits after the prefix are refused, because tools disagree on what they mean.

            DestinationIp|cidr: 10.0.0.1/8    # bad
            DestinationIp|cidr: 10.0.0.0/8    # good
        """);

    public static readonly DiagnosticCode TimePartRange = Warning(
        "SIG0218",
        "'{modifier}' ranges from {from} to {to}, so this never matches",
        null,
        """
        The value is outside the range of this part of a date: no time has an hour 24. The rule is
        converted, but this test never holds.
        """);

    public static readonly DiagnosticCode TooShortForBase64Offset = Error(
        "SIG0219",
        "the value is too short for 'base64offset': no character of its Base64 form is certain",
        null,
        """
        Inside a longer Base64 string, the first and last characters of a value depend on its neighbours,
        so `base64offset` leaves them out. Of this value nothing is left, and the search would match
        everything. Search for a longer part of the encoded text.
        """);

    public static readonly DiagnosticCode TooManyDashes = Error(
        "SIG0220",
        "the dashes of this value have more than {limit} combinations",
        "split the value at its dashes, with contains and all",
        """
        `windash` replaces each dash that starts an option by five characters that Windows accepts, so a
        value with many options has very many forms. Search for each option separately.

            CommandLine|windash: '-a -b -c -d -e -f'                         # bad
            CommandLine|windash|contains|all: [' -a', ' -b', ' -c', ' -d']    # good
        """);

    public static readonly DiagnosticCode BytesAreNoText = Error(
        "SIG0221",
        "the encoded value is not text",
        "add base64 or base64offset after '{modifier}'",
        """
        Encodings such as `wide` make bytes. Only those of ASCII characters are text that can stand in a
        query; these are not. Usually the bytes are meant to be Base64 in the event.

            CommandLine|wide: 'é'                 # bad
            CommandLine|wide|base64offset: 'é'    # good
        """);

    public static readonly DiagnosticCode NullAmongValues = Info(
        "SIG0222",
        "null in a list of values; the specification forbids it, and it is read as one more alternative",
        null,
        """
        The list means: the field has one of the values, or is missing or empty. The specification forbids
        `null` in a list, and other tools may refuse the rule or drop the null. Write two detections,
        joined with `or`, to be understood everywhere.
        """);

    public static readonly DiagnosticCode EmptyList = Warning(
        "SIG0223",
        "the list is empty, which is read as null",
        null,
        """
        A field with an empty list is read as a field without a value: the rule selects events in which
        the field is missing or empty. Often the values were forgotten or commented out. Write `null` if
        that is what you mean.
        """);

    public static readonly DiagnosticCode InvalidTimeframe = Error(
        "SIG0224",
        "'{value}' is not a valid duration",
        "write a number and s, m, h or d, such as 15m",
        """
        A timeframe or timespan is a whole number from 1 and one unit without a space: `s`, `m`, `h`, `d`,
        and also `w`, `M` (months) and `y`.

            timeframe: 15min    # bad
            timeframe: 15m      # good
        """);

    public static readonly DiagnosticCode YesAndNoAreText = Info(
        "SIG0225",
        "'{value}' is read as a string; tools for YAML 1.1 read it as a boolean",
        "write true or false, or quote it",
        """
        In YAML 1.1 `yes`, `no`, `on` and `off` are booleans; in YAML 1.2, which sigmac reads, they are
        strings. Tools therefore read this rule in two ways. Write what you mean.
        """);

    public static readonly DiagnosticCode NumberTooLarge = Error(
        "SIG0227",
        "'{value}' is not a number that a query can contain",
        "quote it if it is a string",
        """
        YAML reads the value as a number, but it has no decimal form: it is infinite, not a number, or
        very large. Quote it if the event contains this text.
        """);

    public static readonly DiagnosticCode NumberBeyondTargets = Warning(
        "SIG0260",
        "'{value}' needs more than 64 bits",
        "targets refuse such a number, round it, or find nothing",
        """
        A field is compared with a number above 18446744073709551615, or as far below zero. Events rarely
        have such numbers, and the languages of targets hold numbers in 64 bits: some refuse the query,
        others round the number. `sigmac match` compares them exactly.
        """);

    public static readonly DiagnosticCode KeywordAnchor = Warning(
        "SIG0262",
        "a keyword may stand anywhere in an event, so '{modifier}' does not fix its place",
        "name the field, as in 'CommandLine|{modifier}'",
        """
        A keyword has no field, and is looked for in the whole event. The modifiers `startswith` and
        `endswith` fix the beginning or end of a field's value; without a field, the text is found in the
        middle of a text as well. Targets that search words may find only words that begin or end so.
        """);

    public static readonly DiagnosticCode KeywordNull = Error(
        "SIG0228",
        "{found} cannot be a keyword; use a string or a number",
        null,
        """
        A keyword is searched in the whole event, so it must be a text that can be found there: a string
        or a number. Booleans and null are values of fields. Add the name of the field.
        """);

    public static readonly DiagnosticCode TooManyValuesWritten = Error(
        "SIG0248",
        "the rule expands to more than {limit} values: {cause}",
        null,
        """
        Modifiers, conditions that name a detection several times, filters and pipelines multiply the
        values of a rule. The expanded rule exceeds the limit, and its query would be unusable. Split the
        rule, or raise the limit.
        """);

    public static readonly DiagnosticCode ArraySelector = Error(
        "SIG0251",
        "the field '{field}' selects items of a list, which version {version} of the specification does not have",
        "name the field itself: a test holds if any value of its list matches",
        """
        Names such as `args[0]` or `args[any]` belong to a later version of the specification. This build
        would read them as the name of a field and find nothing. A test of a field that is a list holds if
        any of its values matches.

            args[0]|endswith: '\whoami.exe'    # bad
            args|endswith: '\whoami.exe'       # good
        """);

    public static readonly DiagnosticCode TooManyModifiers = Error(
        "SIG0255",
        "the field has more than {limit} modifiers",
        null,
        """
        Each modifier is applied to each value, and some make several values of one. A field with more
        modifiers than the limit is a mistake or an attack. Remove those that you do not need.
        """);

    public static readonly DiagnosticCode TooManyForms = Error(
        "SIG0256",
        "the modifiers make more than {limit} values of this value",
        null,
        """
        Modifiers such as `base64offset` and `windash` make several values of one, and a chain of them
        multiplies. The number exceeds the limit. Use fewer of these modifiers.
        """);
}

/// <content>The diagnostics of detections, values and modifiers.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic InvalidValue(Span? span, string found, string hint) => Codes.InvalidValue.At(span, found, hint);

    internal static Diagnostic UnknownModifier(Span? span, string modifier) => Codes.UnknownModifier.At(span, modifier);

    internal static Diagnostic ModifierOrder(Span? span, string modifier) => Codes.ModifierOrder.At(span, modifier);

    internal static Diagnostic ModifierInput(Span? span, string modifier, string expected, string found) =>
        Codes.ModifierInput.At(span, modifier, expected, found);

    internal static Diagnostic ModifierNeedsField(Span? span, string modifier) => Codes.ModifierNeedsField.At(span, modifier);

    internal static Diagnostic InvalidRegex(Span? span, string reason) => Codes.InvalidRegex.At(span, reason);

    internal static Diagnostic InvalidCidr(Span? span, string value, string reason) => Codes.InvalidCidr.At(span, value, reason);

    internal static Diagnostic TimePartRange(Span? span, string modifier, long @from, long to) =>
        Codes.TimePartRange.At(span, modifier, Plain(@from), Plain(to));

    internal static Diagnostic TooShortForBase64Offset(Span? span) => Codes.TooShortForBase64Offset.At(span);

    internal static Diagnostic TooManyDashes(Span? span, long limit) => Codes.TooManyDashes.At(span, Grouped(limit));

    internal static Diagnostic BytesAreNoText(Span? span, string modifier) => Codes.BytesAreNoText.At(span, modifier);

    internal static Diagnostic NullAmongValues(Span? span) => Codes.NullAmongValues.At(span);

    internal static Diagnostic EmptyList(Span? span) => Codes.EmptyList.At(span);

    internal static Diagnostic InvalidTimeframe(Span? span, string value) => Codes.InvalidTimeframe.At(span, value);

    internal static Diagnostic YesAndNoAreText(Span? span, string value) => Codes.YesAndNoAreText.At(span, value);

    internal static Diagnostic NumberTooLarge(Span? span, string value) => Codes.NumberTooLarge.At(span, value);

    internal static Diagnostic NumberBeyondTargets(Span? span, string value) => Codes.NumberBeyondTargets.At(span, value);

    internal static Diagnostic KeywordAnchor(Span? span, string modifier) => Codes.KeywordAnchor.At(span, modifier);

    internal static Diagnostic KeywordNull(Span? span, string found) => Codes.KeywordNull.At(span, found);

    internal static Diagnostic TooManyValuesWritten(Span? span, long limit, string cause) =>
        Codes.TooManyValuesWritten.At(span, Grouped(limit), cause);

    internal static Diagnostic ArraySelector(Span? span, string field, string version) => Codes.ArraySelector.At(span, field, version);

    internal static Diagnostic TooManyModifiers(Span? span, long limit) => Codes.TooManyModifiers.At(span, Grouped(limit));

    internal static Diagnostic TooManyForms(Span? span, long limit) => Codes.TooManyForms.At(span, Grouped(limit));
}
