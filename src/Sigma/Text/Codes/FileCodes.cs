namespace Sigma.Text;

/// <content>SIG01xx: files and YAML.</content>
internal static partial class Codes
{
    public static readonly DiagnosticCode CannotRead = Error(
        "SIG0101",
        "cannot read the file: {reason}",
        null,
        """
        The operating system refuses to open or read the file. The reason is that of the system, for
        example missing permissions. Check that the file exists and that you may read it.
        """);

    public static readonly DiagnosticCode FileTooLarge = Error(
        "SIG0102",
        "files are limited to {limit} MB, but this one has {size} MB",
        "split it into several files",
        """
        Files are read as a whole, so their size has a limit. The largest file of a public rule repository
        has 0.3 MB, so a larger file is usually not a rule file. Split it, or raise the limit if you trust
        the file.
        """);

    public static readonly DiagnosticCode InvalidUtf8 = Error(
        "SIG0103",
        "the byte 0x{byte} is not valid UTF-8",
        "save the file as UTF-8",
        """
        Files are read as UTF-8. The byte at this place does not belong to a UTF-8 character; often the
        file was saved in an older encoding such as Windows-1252. Open it in an editor that shows the
        right characters and save it as UTF-8. A byte order mark at the start is accepted.
        """);

    public static readonly DiagnosticCode InvalidYaml = Error(
        "SIG0104",
        "invalid YAML: {reason}",
        null,
        """
        The YAML parser cannot continue at this place. Most often a value needs quotes, or the indentation
        differs from that of the lines around it. Documents of the same file after the next `---` are
        still read.

            title: Download: a file      # bad: ': ' makes it a key
            title: 'Download: a file'    # good
        """);

    public static readonly DiagnosticCode TabIndent = Error(
        "SIG0105",
        "this line is indented with a tab",
        "indent with spaces; YAML does not allow tabs",
        """
        YAML does not allow tabs in indentation. Replace the tab with spaces, as many as the neighbouring
        lines have. Most editors can convert the whole file.
        """);

    public static readonly DiagnosticCode UnclosedFlow = Error(
        "SIG0106",
        "unclosed or mismatched bracket",
        "close it, and put commas between the items",
        """
        A list in `[ ]` or a map in `{ }` opens here, but the text that follows does not end it correctly:
        the closing bracket is missing or of the wrong kind, or a comma is missing between two items. The
        carets are under the innermost open bracket.

            tags: [attack.t1059, attack.execution     # bad
            tags: [attack.t1059, attack.execution]    # good
        """);

    public static readonly DiagnosticCode DuplicateKey = Error(
        "SIG0107",
        "duplicate key '{key}'; the first is in line {line}",
        "merge the two, or put the values in a list",
        """
        A map has the same key twice. YAML does not allow that, and most tools silently keep only one of
        the two, so a part of the rule would be lost. Put several values of one field in a list, or use
        `|all` in one of the keys.

            Image: whoami.exe     # bad
            Image: id.exe
            Image: [whoami.exe, id.exe]    # good
        """);

    public static readonly DiagnosticCode NestedTooDeep = Error(
        "SIG0108",
        "the YAML is nested deeper than {limit} levels",
        null,
        """
        Maps and lists are nested deeper than the limit. Rules need about 6 levels, so this is a mistake
        or an attack on the parser. Make the document flatter, or raise the limit.
        """);

    public static readonly DiagnosticCode TooManyNodes = Error(
        "SIG0109",
        "the document has more than {limit} values when its aliases are expanded",
        null,
        """
        YAML aliases can repeat a part of a document many times, so a short file can stand for billions of
        values. sigmac stops when the document, with every alias expanded, exceeds the limit. Remove
        aliases that contain other aliases, or raise the limit.
        """);

    public static readonly DiagnosticCode AliasOfItself = Error(
        "SIG0110",
        "the alias '{name}' refers to a value that contains it",
        null,
        """
        An alias stands inside the very value that its anchor names, so the value would never end. Write
        out the part that you want to repeat.
        """);

    public static readonly DiagnosticCode UnknownAlias = Error(
        "SIG0111",
        "no anchor '{name}' before this alias",
        "quote the value if it is a string that starts with *",
        """
        In YAML, an unquoted value that starts with `*` is an alias: it repeats the value that an anchor
        (`&name`) marks earlier in the document. There is no such anchor. Usually a wildcard was meant;
        then the value needs quotes.

            CommandLine: *whoami*      # bad: an alias
            CommandLine: '*whoami*'    # good: a wildcard
        """);

    public static readonly DiagnosticCode KeyIsNoText = Error(
        "SIG0112",
        "a key must be a string, not {found}",
        null,
        """
        A key of a map is a list or a map itself. Names of fields, detections and attributes are strings.
        Check the indentation and the question marks at the start of lines: `? ` begins a complex key in
        YAML.
        """);

    public static readonly DiagnosticCode MergeOfNoMap = Error(
        "SIG0113",
        "'<<' must have a map or a list of maps",
        null,
        """
        The merge key `<<` copies the entries of another map into this one. Its value is something else.
        Give it an alias of a map, or a list of such aliases.
        """);

    public static readonly DiagnosticCode EmptyFile = Error(
        "SIG0114",
        "the file has no rule",
        null,
        """
        The file is empty or has only comments and empty documents. Remove it from the run, or write a
        rule in it.
        """);

    public static readonly DiagnosticCode NoRegularFile = Error(
        "SIG0115",
        "'{path}' is {kind}, not a file",
        "use standard input, or a path below /dev",
        """
        Reading a pipe, a device or a socket can wait forever, so sigmac opens only regular files. Paths
        below `/dev` and `/proc` are allowed, because shells use them for process substitution, but not
        those below `/dev/shm`. Pass the data as `-` (standard input) instead.
        """);

    public static readonly DiagnosticCode SpecialLeftOut = Warning(
        "SIG0116",
        "skipped '{path}': it is {kind}, not a file",
        null,
        """
        A folder contains a pipe, a device or a socket, which can wait forever when it is read, or a link
        that leads in a circle. sigmac skips it and continues with the other files. Remove it from the
        folder if the warning disturbs you.
        """);

    public static readonly DiagnosticCode LinkLeftOut = Warning(
        "SIG0117",
        "skipped '{path}': it is a link that leads out of '{folder}'",
        "name the file itself, or use --follow-links where the command has it",
        """
        A symbolic link in a folder leads out of that folder. A folder from somebody else could reach any
        file of yours in this way, so sigmac skips such links. Name the file on the command line, or allow
        the links with `--follow-links`.
        """);

    public static readonly DiagnosticCode OutsideFolder = Error(
        "SIG0118",
        "'{path}' is not in '{folder}', the folder of the file that names it",
        "move it there, or name it on the command line",
        """
        A configuration or a file of test cases names a file outside its folder. Such files often come
        from somebody else, so they can only name files in their own folder and below. Files that you name
        on the command line can be anywhere.
        """);

    public static readonly DiagnosticCode TooManyFiles = Error(
        "SIG0119",
        "the run has more than {limit} rule files: {count}",
        null,
        """
        The files and folders that you gave contain more rule files than the limit. Check that the path is
        the one you meant, split the run, or raise the limit.
        """);

    public static readonly DiagnosticCode TooManyRepeated = Error(
        "SIG0120",
        "'action: global' and 'action: repeat' produce more than {limit} values in this file",
        "split it into several files",
        """
        `action: global` and `action: repeat` copy the parts of one document into others. A short file can
        stand for a very large one in this way. sigmac stops when the copies of one file exceed the limit.
        """);
}

/// <content>The diagnostics of files and YAML.</content>
public sealed partial record Diagnostic
{
    internal static Diagnostic CannotRead(Span? span, string reason) => Codes.CannotRead.At(span, reason);

    internal static Diagnostic FileTooLarge(Span? span, long limit, string size) => Codes.FileTooLarge.At(span, Grouped(limit), size);

    internal static Diagnostic InvalidUtf8(Span? span, string @byte) => Codes.InvalidUtf8.At(span, @byte);

    internal static Diagnostic InvalidYaml(Span? span, string reason) => Codes.InvalidYaml.At(span, reason);

    internal static Diagnostic TabIndent(Span? span) => Codes.TabIndent.At(span);

    internal static Diagnostic UnclosedFlow(Span? span) => Codes.UnclosedFlow.At(span);

    internal static Diagnostic DuplicateKey(Span? span, string key, long line) => Codes.DuplicateKey.At(span, key, Plain(line));

    internal static Diagnostic NestedTooDeep(Span? span, long limit) => Codes.NestedTooDeep.At(span, Grouped(limit));

    internal static Diagnostic TooManyNodes(Span? span, long limit) => Codes.TooManyNodes.At(span, Grouped(limit));

    internal static Diagnostic AliasOfItself(Span? span, string name) => Codes.AliasOfItself.At(span, name);

    internal static Diagnostic UnknownAlias(Span? span, string name) => Codes.UnknownAlias.At(span, name);

    internal static Diagnostic KeyIsNoText(Span? span, string found) => Codes.KeyIsNoText.At(span, found);

    internal static Diagnostic MergeOfNoMap(Span? span) => Codes.MergeOfNoMap.At(span);

    internal static Diagnostic EmptyFile(Span? span) => Codes.EmptyFile.At(span);

    internal static Diagnostic NoRegularFile(Span? span, string path, string kind) => Codes.NoRegularFile.At(span, path, kind);

    internal static Diagnostic SpecialLeftOut(Span? span, string path, string kind) => Codes.SpecialLeftOut.At(span, path, kind);

    internal static Diagnostic LinkLeftOut(Span? span, string path, string folder) => Codes.LinkLeftOut.At(span, path, folder);

    internal static Diagnostic OutsideFolder(Span? span, string path, string folder) => Codes.OutsideFolder.At(span, path, folder);

    internal static Diagnostic TooManyFiles(Span? span, long limit, long count) => Codes.TooManyFiles.At(span, Grouped(limit), Grouped(count));

    internal static Diagnostic TooManyRepeated(Span? span, long limit) => Codes.TooManyRepeated.At(span, Grouped(limit));
}
