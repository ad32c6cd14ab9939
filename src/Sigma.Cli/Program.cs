#pragma warning disable
using Sigma; using Sigma.Backends; using Sigma.Text;
var d = new List<Diagnostic>(); var cat = new BackendCatalog();
var targets = new List<CompilerTarget>();
foreach (var t in args[0].Split(',')) { d.Clear(); var b = cat.Read(t, new Dictionary<string,string>(), d); foreach (var x in d) DiagnosticWriter.Write(Console.Error, x, false); if (b is not null) targets.Add(new CompilerTarget(b, args.Length > 2 && b.Formats.Any(f => f.Name == args[2]) ? b.Formats.First(f => f.Name == args[2]) : b.Formats[0], b.Pipelines)); }
var c = new Compiler(targets);
foreach (var f in File.Exists(args[1]) ? new[]{args[1]} : (IEnumerable<string>)Directory.GetFiles(args[1], "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
foreach (var r in c.Convert(SourceText.Decode(f, File.ReadAllBytes(f), out _))) { var ms = new MemoryStream(); using (var w = new System.Text.Json.Utf8JsonWriter(ms)) { w.WriteStartArray(); foreach (var v in new[]{f, r.Target, r.Status.ToString(), r.Query ?? "", string.Join("|", r.Diagnostics.Select(x => x.Code.Id + " " + x.Message + " @" + x.Span?.Position.Line))}) w.WriteStringValue(v); w.WriteEndArray(); } Console.WriteLine(System.Text.Encoding.UTF8.GetString(ms.ToArray())); if (args.Length > 3) foreach (var x in r.Diagnostics) DiagnosticWriter.Write(Console.Error, x, false, f); }
