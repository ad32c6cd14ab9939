using System.Globalization;
using System.Reflection;
using Sigma.Mutation;

// The same program runs the tests, in other processes, from the folder that has the mutated libraries.
if (args is ["run", ..] or ["cover", ..] or ["try", ..])
{
    // A method with all its mutants keeps the variables of them all, so that one that calls itself needs a large stack.
    int code = 0;
    var thread = new Thread(() => code = RunTests(args), 64 << 20);
    thread.Start();
    thread.Join();
    return code;
}

if (args is ["classes", var assembly, var list])
{
    File.WriteAllLines(list, TestRun.Classes(Assembly.Load(assembly)));
    return 0;
}

return MutationCommand.Create().Parse(args).Invoke();

static int RunTests(string[] args)
{
    switch (args)
    {
        case ["run", var tests, var report, .. var classes]:
            return new TestRun(Assembly.Load(tests), report).Run(classes.Select(one => one.Split(':')).Select(pair => (pair[0], Number(pair[1]))));

        case ["cover", var tests, var report, var mutants, var share, var shares, var slowest]:
            new Worker(Assembly.Load(tests)).Cover(report, Number(mutants), Number(share), Number(shares), Number(slowest));
            return 0;

        case ["try", var tests, var coverage, var mutants, var seconds]:
            using (TextWriter answers = Console.Out)
            {
                Console.SetOut(TextWriter.Null);
                return new Worker(Assembly.Load(tests)).Try(coverage, mutants, double.Parse(seconds, CultureInfo.InvariantCulture), Console.In, answers);
            }

        default:
            return 2;
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
