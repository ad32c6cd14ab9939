namespace Sigma.Text;

/// <content>SIG05xx: backends.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode UnknownBackendKey = Error(
        "SIG0501",
        "unknown key '{key}' in {owner}",
        null,
        """
        A key of `backend.yml` does not exist at this place. It would have no effect, so the target is
        refused. Check the spelling and the level; the backends page lists every key.
        """);

    public static readonly DiagnosticCode BackendMissing = Error(
        "SIG0502",
        "the backend has no '{key}'",
        null,
        """
        The target's definition needs this key or this file. If the target extends another one, it may
        also inherit the key from there.
        """);

    public static readonly DiagnosticCode BackendValue = Error(
        "SIG0503",
        "'{key}' must be {expected}",
        null,
        """
        A key of `backend.yml` has a value of the wrong type, or one that is not allowed. The backends
        page describes what each key takes. A template closes the brackets and quotes that it opens, and
        what differs in rules is not written alike.

            not: 'NOT ({operand}'     # bad
            not: 'NOT ({operand})'    # good
        """);

    public static readonly DiagnosticCode UnknownPlaceholder = Error(
        "SIG0504",
        "unknown placeholder '{{name}}'",
        "this template has {known}",
        """
        A template of `backend.yml` uses a placeholder that this kind of template does not have. The hint
        lists those that can be used here.

            text: '{feild}={quoted}'    # bad
            text: '{field}={quoted}'    # good
        """);

    public static readonly DiagnosticCode BackendNotFound = Error(
        "SIG0505",
        "the backend '{name}' that this one extends does not exist",
        null,
        """
        `extends` names a target whose definition this one changes. There is none with this name among the
        built-in targets and those of `--backends`. `sigmac list targets` lists the names.
        """);

    // SIG0506 was never reported, and is not used again.
    public static readonly DiagnosticCode UnknownEmitter = Error(
        "SIG0507",
        "unknown emitter '{name}'",
        null,
        """
        `emitter` names the program that writes the query, for languages that need more than templates.
        Most targets need none: remove the key and use templates.
        """);

    public static readonly DiagnosticCode PlaceholderMissing = Error(
        "SIG0508",
        "the template of '{key}' has no {placeholder}",
        "without it a part of the rule would be lost",
        """
        Some placeholders carry a part of the rule: the field, the value, the operands. A template without
        them would make queries that silently mean something else. Add the placeholder.

            not: 'NOT'              # bad
            not: 'NOT {operand}'    # good
        """);

    public static readonly DiagnosticCode FormatTemplate = Error(
        "SIG0509",
        "invalid template: {reason}",
        null,
        """
        A template of the target is not valid Scriban. The place is in the template's own file. The
        message is that of the template engine.
        """);

    public static readonly DiagnosticCode UnknownTemplateName = Error(
        "SIG0510",
        "unknown name '{name}' in this template",
        null,
        """
        A template of the target uses a name or a member that it is not given. It would be empty in every
        query, so the target is refused. The hint has a similar name if there is one.
        """);

    public static readonly DiagnosticCode UnsafeStyle = Error(
        "SIG0511",
        "a value in the style '{style}' can leave its quotes: {reason}",
        null,
        """
        The style says how a value is quoted. With these settings, a value with certain characters would
        end its quotes early and become part of the query. Escape, replace or refuse these characters with
        `escape`, `escaped`, `replace` or `impossible`. A value that has no quotes must have nothing that
        separates conditions, and a regular expression needs quotes, or `text` with a style that has them.
        """);

    public static readonly DiagnosticCode NoBackendInFolder = Error(
        "SIG0512",
        "no target in '{folder}'",
        "a target is a folder with a backend.yml; give such a folder, or to --backends one that contains such folders",
        """
        `--backends` takes the folder of a target, or a folder that contains folders of targets. Neither
        has a `backend.yml`. Check the path.
        """);

    public static readonly DiagnosticCode ReservedName = Error(
        "SIG0513",
        "{owner} cannot be named '{name}', which is {meaning}",
        "choose another name",
        """
        The name already means something else where it would be used, so templates could not tell the two
        apart. The message says what it is. Rename it, also where the backend uses it.
        """);

    public static readonly DiagnosticCode LoopVariableAssigned = Error(
        "SIG0514",
        "'{name}' is the variable of this loop, and an assignment to it has no effect",
        "give the new value a name of its own",
        """
        In a template, the variable of a `for` loop keeps its value until the next turn of the loop. What
        is assigned to it is lost, so the template would go on with the old value. Use another name.

            {{ for name in names; name = name | string.strip; name; end }}    # bad
            {{ for name in names; part = name | string.strip; part; end }}    # good
        """);

    public static readonly DiagnosticCode CannotExtend = Error(
        "SIG0515",
        "'{name}' cannot be extended here: {reason}",
        null,
        """
        `extends` names a target that itself builds on this one, or the chain of targets is longer than 5.
        A folder with the name of a built-in target takes its place, so it cannot extend it: give the
        folder another name.
        """);

    public static readonly DiagnosticCode TemplatesTooLong = Error(
        "SIG0516",
        "fragments and options add more than {limit} characters to the templates",
        "a fragment that names another one several times, and so on, multiplies them",
        """
        Fragments and options are put into the templates of `backend.yml` when the target is read. Fragments
        that name one another several times multiply, and a small definition would take all memory. Use
        fewer levels of fragments.
        """);
}

/// <content>The diagnostics of backends.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic UnknownBackendKey(Span? span, string key, string owner) => Codes.UnknownBackendKey.At(span, key, owner);

    internal static Diagnostic BackendMissing(Span? span, string key) => Codes.BackendMissing.At(span, key);

    internal static Diagnostic BackendValue(Span? span, string key, string expected) => Codes.BackendValue.At(span, key, expected);

    internal static Diagnostic UnknownPlaceholder(Span? span, string name, string known) => Codes.UnknownPlaceholder.At(span, name, known);

    internal static Diagnostic BackendNotFound(Span? span, string name) => Codes.BackendNotFound.At(span, name);

    internal static Diagnostic UnknownEmitter(Span? span, string name) => Codes.UnknownEmitter.At(span, name);

    internal static Diagnostic PlaceholderMissing(Span? span, string key, string placeholder) => Codes.PlaceholderMissing.At(span, key, placeholder);

    internal static Diagnostic FormatTemplate(Span? span, string reason) => Codes.FormatTemplate.At(span, reason);

    internal static Diagnostic UnknownTemplateName(Span? span, string name) => Codes.UnknownTemplateName.At(span, name);

    internal static Diagnostic UnsafeStyle(Span? span, string style, string reason) => Codes.UnsafeStyle.At(span, style, reason);

    internal static Diagnostic LoopVariableAssigned(Span? span, string name) => Codes.LoopVariableAssigned.At(span, name);

    internal static Diagnostic CannotExtend(Span? span, string name, string reason) => Codes.CannotExtend.At(span, name, reason);

    internal static Diagnostic TemplatesTooLong(Span? span, string limit) => Codes.TemplatesTooLong.At(span, limit);

    internal static Diagnostic NoBackendInFolder(Span? span, string folder) => Codes.NoBackendInFolder.At(span, folder);

    internal static Diagnostic ReservedName(Span? span, string owner, string name, string meaning) =>
        Codes.ReservedName.At(span, owner, name, meaning);
}
