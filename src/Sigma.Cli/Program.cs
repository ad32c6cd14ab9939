using Sigma; using Sigma.Backends; using Sigma.Text;
var d = new List<Diagnostic>(); var cat = new BackendCatalog();
var targets = new List<CompilerTarget>();
foreach (var t in args[0].Split(',')) { var b = cat.Read(t, new Dictionary<string,string>(), d); foreach (var x in d) DiagnosticWriter.Write(Console.Error, x, false); if (b is not null) targets.Add(new CompilerTarget(b, args.Length > 2 && b.Formats.Any(f => f.Name == args[2]) ? b.Formats.First(f => f.Name == args[2]) : b.Formats[0], b.Pipelines)); }
var c = new Compiler(targets);
foreach (var f in File.Exists(args[1]) ? [args[1]] : Directory.GetFiles(args[1], "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
foreach (var r in c.Convert(SourceText.Decode(f, File.ReadAllBytes(f), out _))) { Console.WriteLine($"{r.Target}: {r.Query}"); foreach (var x in r.Diagnostics) DiagnosticWriter.Write(Console.Error, x, false, f); }
