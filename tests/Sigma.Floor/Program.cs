using YamlDotNet.Core;

// Reads the rule files below a folder and goes through the parser's events, on two threads. It makes nothing of them.
string[] files = Directory.GetFiles(args[0], "*.yml", SearchOption.AllDirectories);
long events = 0;
Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, file =>
{
    var parser = new Parser(new StringReader(File.ReadAllText(file)));
    int count = 0;
    while (parser.MoveNext())
    {
        count++;
    }

    Interlocked.Add(ref events, count);
});
Console.WriteLine($"{files.Length} files, {events} events");
