namespace Sigma.Text;

/// <content>SIG09xx: documentation, configuration files and coverage.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode CatalogFile = Error(
        "SIG0902",
        "'{path}' is not a valid {kind}: {reason}",
        null,
        """
        The file or folder that you gave is not of the form that this option reads. The message says what
        is missing. For ATT&CK, give the STIX bundle `enterprise-attack.json`.
        """);

    public static readonly DiagnosticCode UnknownSetting = Error(
        "SIG0903",
        "unknown setting '{name}'",
        null,
        """
        The configuration file has a setting that does not exist, or that does not exist at this level.
        Settings for one command are below its name. Check the spelling; the page on configuration lists
        all of them.
        """);

    public static readonly DiagnosticCode SettingValue = Error(
        "SIG0904",
        "'{setting}' must be {expected}, not {found}",
        null,
        """
        A setting of the configuration file has a value of the wrong type, or one that it does not take. The
        page on configuration says what each setting takes.
        """);

    public static readonly DiagnosticCode PermissionInFile = Error(
        "SIG0905",
        "a configuration file cannot give '{permission}'",
        "give {option} on the command line if you trust the pipelines",
        """
        A configuration file comes with the rules, perhaps from somebody else, so it must not permit that
        pipelines read files, ask servers or start programs, nor raise limits, nor say which files are
        written. Only the command line can.
        """);

    public static readonly DiagnosticCode CannotCompare = Error(
        "SIG0906",
        "cannot compare with '{path}': {reason}",
        "give a folder of rules, or a file written by sigmac coverage -f json or -f navigator",
        """
        `--compare` takes an older state of the rules: a folder of rules, or a report that `sigmac
        coverage` wrote, of the same axis.
        """);

    public static readonly DiagnosticCode UnknownTechnique = Warning(
        "SIG0907",
        "ATT&CK {version} has no technique '{id}'",
        "use another version of ATT&CK with --attack",
        """
        A tag of the rule names a technique that this version of ATT&CK does not know. It is not counted.
        Check the number, or give a newer version.
        """);

    public static readonly DiagnosticCode RetiredTechnique = Info(
        "SIG0908",
        "{id} ({name}) is retired, and counted as {successor}",
        null,
        """
        ATT&CK replaced the technique by another one, and the rule is counted there. Update the tag of the
        rule when you next change it.
        """);

    public static readonly DiagnosticCode RetiredWithoutSuccessor = Warning(
        "SIG0909",
        "{id} ({name}) is retired without a successor",
        null,
        """
        ATT&CK retired the technique and did not replace it. The rule is counted under the old id, which
        current matrices do not show. Choose another technique for the tag.
        """);

    public static readonly DiagnosticCode NeedsFolder = Error(
        "SIG0910",
        "the output is several files, which cannot go to standard output",
        "give a folder with --output",
        """
        The command writes a file for each rule, or a site of many files. Name the folder for them.
        """);

    public static readonly DiagnosticCode NoTarget = Error(
        "SIG0911",
        "no target is given",
        "give one with --target, or under targets in a .sigmac.yml; see 'sigmac list targets'",
        """
        A query is always written for a target. Name one or several with `-t`, or set them once for a
        folder in its `.sigmac.yml`.
        """);
}

/// <content>The diagnostics of documentation, configuration files and coverage.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic CatalogFile(Span? span, string path, string kind, string reason) => Codes.CatalogFile.At(span, path, kind, reason);

    internal static Diagnostic UnknownSetting(Span? span, string name) => Codes.UnknownSetting.At(span, name);

    internal static Diagnostic SettingValue(Span? span, string setting, string expected, string found) =>
        Codes.SettingValue.At(span, setting, expected, found);

    internal static Diagnostic PermissionInFile(Span? span, string permission, string option) => Codes.PermissionInFile.At(span, permission, option);

    internal static Diagnostic CannotCompare(Span? span, string path, string reason) => Codes.CannotCompare.At(span, path, reason);

    internal static Diagnostic UnknownTechnique(Span? span, string version, string id) => Codes.UnknownTechnique.At(span, version, id);

    internal static Diagnostic RetiredTechnique(Span? span, string id, string name, string successor) =>
        Codes.RetiredTechnique.At(span, id, name, successor);

    internal static Diagnostic RetiredWithoutSuccessor(Span? span, string id, string name) => Codes.RetiredWithoutSuccessor.At(span, id, name);

    internal static Diagnostic NeedsFolder(Span? span) => Codes.NeedsFolder.At(span);

    internal static Diagnostic NoTarget(Span? span) => Codes.NoTarget.At(span);
}
