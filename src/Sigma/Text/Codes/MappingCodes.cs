namespace Sigma.Text;

/// <content>SIG043x: what no pipeline maps.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode FieldNotMapped = Warning(
        "SIG0430",
        "no pipeline maps the field '{field}' for {target}",
        "map it with field_name_mapping, to its own name if that is right",
        """
        The query asks for the field under the name that the rule has. Your schema may not know it; the
        query would then find nothing. sigmac reports this where a pipeline says that its map is complete,
        and with `--unmapped warn` also where a pipeline does not say what the names of other fields are.
        Use a pipeline that maps the field, or `--unmapped ignore`.
        """);

    public static readonly DiagnosticCode FieldMustBeMapped = Error(
        "SIG0431",
        "no pipeline maps the field '{field}' for {target}, and every field must be mapped",
        "map it with field_name_mapping, to its own name if that is right",
        """
        With `--unmapped error` a rule with a field that no pipeline maps is refused, unless all pipelines
        say that other fields keep their names. Add the field to a mapping. If the field has the same name
        in your schema, map it to itself.
        """);

    public static readonly DiagnosticCode LogSourceNotMapped = Warning(
        "SIG0435",
        "no pipeline says which log holds '{source}' for {target}",
        "add a condition on the log for this log source, with add_condition",
        """
        The name is the product, category and service of the rule. The query has no condition on a log,
        channel, index or source, so it searches all of them; that is slow, and it may find events of other
        logs. sigmac reports this where a pipeline says that it knows the log sources of its schema. Use a
        pipeline that knows this one, or `--unmapped ignore`.
        """);

    public static readonly DiagnosticCode LogSourceMustBeMapped = Error(
        "SIG0436",
        "no pipeline says which log holds '{source}' for {target}, and every log source must be mapped",
        "add a condition on the log for this log source, with add_condition",
        """
        With `--unmapped error` a rule is refused if the pipelines know log sources, but none of them has a
        condition on the log that holds the events of this one. Use a pipeline that knows it, or add one of
        your own.
        """);

    public static readonly DiagnosticCode FieldsOfRunNotMapped = Warning(
        "SIG0437",
        "{part} of {rules} rules ask for fields that no pipeline maps for {target}: {fields}",
        "'-v' shows each of them",
        """
        The queries of these rules are written, but ask for fields that the schema may not have, so some of
        them will find nothing. The most frequent fields are named, each with its number of rules.
        `sigmac list fields` lists all of them, and `-v` shows each place (SIG0430).
        """);

    public static readonly DiagnosticCode LogSourcesOfRunNotMapped = Warning(
        "SIG0438",
        "for {part} of {rules} rules no pipeline says which log holds their events for {target}: {sources}",
        "'-v' shows each of them",
        """
        The queries of these rules have no condition on a log, channel, index or source, so they search all
        of them. The most frequent log sources are named, each with its number of rules.
        `sigmac list fields` lists all of them, and `-v` shows each place (SIG0435).
        """);
}

/// <content>The diagnostics of what no pipeline maps.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic FieldNotMapped(Span? span, string field, string target) => Codes.FieldNotMapped.At(span, field, target);

    internal static Diagnostic FieldMustBeMapped(Span? span, string field, string target) => Codes.FieldMustBeMapped.At(span, field, target);

    internal static Diagnostic LogSourceNotMapped(Span? span, string source, string target) => Codes.LogSourceNotMapped.At(span, source, target);

    internal static Diagnostic LogSourceMustBeMapped(Span? span, string source, string target) => Codes.LogSourceMustBeMapped.At(span, source, target);

    internal static Diagnostic FieldsOfRunNotMapped(Span? span, long part, long rules, string target, string fields) =>
        Codes.FieldsOfRunNotMapped.At(span, Grouped(part), Grouped(rules), target, fields);

    internal static Diagnostic LogSourcesOfRunNotMapped(Span? span, long part, long rules, string target, string sources) =>
        Codes.LogSourcesOfRunNotMapped.At(span, Grouped(part), Grouped(rules), target, sources);
}
