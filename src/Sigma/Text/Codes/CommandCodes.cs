namespace Sigma.Text;

/// <content>SIG07xx: the command line and output.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode NoSuchInput = Error(
        "SIG0701",
        "no such file or folder: '{path}'",
        null,
        """
        Nothing exists at this path. Check the spelling and the folder that you are in. A folder is
        searched with its sub-folders; `-` is standard input.
        """);

    public static readonly DiagnosticCode NoRuleFound = Error(
        "SIG0702",
        "no rule found in {inputs}",
        "rules are files that end in .yml or .yaml",
        """
        The folders that you gave contain no file that is read as a rule, or `--filter` selects none.
        Hidden folders are not searched. A file that you name yourself is read whatever its name is.
        """);

    public static readonly DiagnosticCode UnknownTarget = Error(
        "SIG0703",
        "unknown target '{name}'",
        null,
        """
        A target is the system that queries are written for. `sigmac list targets` lists them; a target of
        your own needs `--backends` with its folder.
        """);

    public static readonly DiagnosticCode UnknownFormat = Error(
        "SIG0704",
        "the target '{target}' has no format '{format}'",
        null,
        """
        A format says what a query is put into, such as a saved search. Each target has its own; `sigmac
        list formats` lists them.
        """);

    public static readonly DiagnosticCode UnknownOption = Error(
        "SIG0705",
        "the target '{target}' has no option '{option}'",
        null,
        """
        `-O name=value` sets an option of a target. No target of the run has this one. `sigmac list
        options` lists the options of each target.
        """);

    public static readonly DiagnosticCode OptionValue = Error(
        "SIG0706",
        "the option '{option}' must be {expected}, not '{value}'",
        null,
        """
        The option does not take this value. The message says what it takes.
        """);

    public static readonly DiagnosticCode CannotWrite = Error(
        "SIG0707",
        "cannot write '{path}': {reason}",
        null,
        """
        The file or folder cannot be written. The reason is that of the system, for example missing
        permissions or a full disk, or the file is one that sigmac does not replace: a file that the
        run reads, a pipe or a device. Files that were written before it are complete.
        """);

    public static readonly DiagnosticCode InvalidFilter = Error(
        "SIG0708",
        "invalid filter '{filter}': {reason}",
        null,
        """
        `--filter` takes a condition over the metadata of rules: a key, an operator and a value. The keys
        are `level`, `status`, `tag`, `id` and `logsource`; `level` and `status` also have an order.

            --filter 'level>high,critical'    # bad
            --filter 'level>=high'            # good
        """);

    public static readonly DiagnosticCode OutputCollision = Error(
        "SIG0709",
        "two rules would be written to '{path}'; the second is from {other}",
        "use --output-template with {{ rule.id }} or {{ index }}",
        """
        The output template makes the same file name for two rules, and the second would overwrite the
        first. Use something in the name that differs for each rule.
        """);

    public static readonly DiagnosticCode OutputOutside = Error(
        "SIG0710",
        "the output template leads out of the output folder: '{path}'",
        null,
        """
        The name that the template makes contains `..` or is absolute. Values of rules can be part of the
        name, so names outside the output folder are refused.
        """);

    public static readonly DiagnosticCode OutputTemplate = Error(
        "SIG0711",
        "invalid output template: {reason}",
        null,
        """
        `--output-template` is a Scriban template that makes the name of each file. It cannot be read,
        failed, or made a name that no file can have.
        """);

    public static readonly DiagnosticCode OneOnly = Error(
        "SIG0734",
        "the {count} texts of the format '{format}' cannot be one: its reader takes one only",
        "'-o FOLDER' writes a file for each",
        """
        Without `-o`, all queries go to standard output or to one file. What reads files of this format
        takes one object of each, and refuses or ignores the others. Write a folder, or convert one rule.
        """);

    public static readonly DiagnosticCode InternalFailure = Error(
        "SIG0712",
        "internal error: {exception}",
        "this is a bug in sigmac, not a mistake of yours; please report it with the rule",
        """
        sigmac failed on this rule because of a bug. The other rules are converted. Please report it, with
        the rule and the command line, and the message of this diagnostic.
        """);

    public static readonly DiagnosticCode NoFilterFound = Error(
        "SIG0713",
        "no filter found in {path}",
        "filters are documents with 'filter:' in files that end in .yml or .yaml",
        """
        `--filter-file` takes files and folders with filters. This one has none, so the queries would not
        be those that you want. Check the path.
        """);

    public static readonly DiagnosticCode NotAFilter = Warning(
        "SIG0714",
        "this is not a filter, and --filter-file takes only filters",
        "give rules without --filter-file",
        """
        A file that you gave with `--filter-file` contains a rule or a correlation. It is ignored. Give it
        as an argument if it should be converted.
        """);

    public static readonly DiagnosticCode SiteTemplate = Error(
        "SIG0718",
        "invalid template '{template}': {reason}",
        null,
        """
        A template of pages or of the site cannot be read, or failed. The place is in the template. Names
        that do not exist are errors.
        """);

    public static readonly DiagnosticCode UnknownSiteTemplate = Error(
        "SIG0719",
        "the site has no page for the template '{path}'",
        null,
        """
        The folder of your theme contains a template that no page of the site uses, so it would have no
        effect. Its name is probably mistyped: a template of a theme replaces the built-in one with the
        same name.
        """);

    public static readonly DiagnosticCode UnknownCode = Error(
        "SIG0720",
        "unknown code '{code}'",
        "'sigmac list codes' lists all codes",
        """
        `sigmac explain` shows what a code such as `SIG0212` means, and there is no code with this number.
        If you mean a file or folder with this name, it does not exist.
        """);

    public static readonly DiagnosticCode NoRuleFileLeft = Error(
        "SIG0731",
        "nothing to do: none of the files has a key of a rule ({count} passed over)",
        "a rule file has 'detection:' and 'logsource:', 'correlation:' or 'filter:'",
        """
        `sigmac convert` passes over files that you name if they have none of the keys `detection`,
        `logsource`, `correlation`, `filter` and `action`, so that you can give it the list of all changed
        files. Here no file is left. Check the list; `--since` makes it for you, and is content if no rule
        has changed.
        """);

    public static readonly DiagnosticCode ChangesUnknown = Error(
        "SIG0732",
        "cannot tell what changed since '{reference}': {reason}",
        null,
        """
        `--since` asks git which files changed since a branch, a tag or a commit. The rules are not in a
        git repository, git is not installed, or it does not know the reference. A CI system often fetches
        a single commit: let it fetch the whole history, such as with `fetch-depth: 0`.
        """);

    public static readonly DiagnosticCode UnreadableManifest = Error(
        "SIG0733",
        "cannot remove old files: {reason}",
        "delete the file '.sigmac-files' in the output folder to start again; no other file is removed then",
        """
        `--prune` removes the files that an earlier run made and this one does not. It knows them from the
        file `.sigmac-files` in the output folder. That file cannot be read, or is not one that sigmac
        wrote, so nothing is removed.
        """);
}

/// <content>The diagnostics of the command line and output.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic NoSuchInput(Span? span, string path) => Codes.NoSuchInput.At(span, path);

    internal static Diagnostic NoRuleFound(Span? span, string inputs) => Codes.NoRuleFound.At(span, inputs);

    internal static Diagnostic UnknownTarget(Span? span, string name) => Codes.UnknownTarget.At(span, name);

    internal static Diagnostic UnknownFormat(Span? span, string target, string format) => Codes.UnknownFormat.At(span, target, format);

    internal static Diagnostic UnknownOption(Span? span, string target, string option) => Codes.UnknownOption.At(span, target, option);

    internal static Diagnostic OptionValue(Span? span, string option, string expected, string value) =>
        Codes.OptionValue.At(span, option, expected, value);

    internal static Diagnostic CannotWrite(Span? span, string path, string reason) => Codes.CannotWrite.At(span, path, reason);

    internal static Diagnostic InvalidFilter(Span? span, string filter, string reason) => Codes.InvalidFilter.At(span, filter, reason);

    internal static Diagnostic OutputCollision(Span? span, string path, string other) => Codes.OutputCollision.At(span, path, other);

    internal static Diagnostic OutputOutside(Span? span, string path) => Codes.OutputOutside.At(span, path);

    internal static Diagnostic OutputTemplate(Span? span, string reason) => Codes.OutputTemplate.At(span, reason);

    internal static Diagnostic OneOnly(Span? span, long count, string format) => Codes.OneOnly.At(span, Plain(count), format);

    internal static Diagnostic InternalFailure(Span? span, string exception) => Codes.InternalFailure.At(span, exception);

    internal static Diagnostic NoFilterFound(Span? span, string path) => Codes.NoFilterFound.At(span, path);

    internal static Diagnostic NotAFilter(Span? span) => Codes.NotAFilter.At(span);

    internal static Diagnostic SiteTemplate(Span? span, string template, string reason) => Codes.SiteTemplate.At(span, template, reason);

    internal static Diagnostic UnknownSiteTemplate(Span? span, string path) => Codes.UnknownSiteTemplate.At(span, path);

    internal static Diagnostic UnknownCode(Span? span, string code) => Codes.UnknownCode.At(span, code);

    internal static Diagnostic NoRuleFileLeft(Span? span, long count) => Codes.NoRuleFileLeft.At(span, Grouped(count));

    internal static Diagnostic ChangesUnknown(Span? span, string reference, string reason) => Codes.ChangesUnknown.At(span, reference, reason);

    internal static Diagnostic UnreadableManifest(Span? span, string reason) => Codes.UnreadableManifest.At(span, reason);
}
