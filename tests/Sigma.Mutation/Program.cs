using System.Globalization;
using System.Reflection;
using Sigma.Mutation;

// The same program runs the tests, in other processes, from the folder that has the mutated libraries.
if (args is ["run", var name, var report, .. var classes])
{
    return new TestRun(Assembly.Load(name), report)
        .Run(classes.Select(one => one.Split(':')).Select(pair => (pair[0], Number(pair[1]))));
}

if (args is ["cover", var covered, var file, var mutants, var share, var shares, var slowest])
{
    new Worker(Assembly.Load(covered)).Cover(file, Number(mutants), Number(share), Number(shares), Number(slowest));
    return 0;
}

if (args is ["try", var tried, var coverage, var seconds])
{
    using TextWriter answers = Console.Out;
    Console.SetOut(TextWriter.Null);
    return new Worker(Assembly.Load(tried)).Try(coverage, double.Parse(seconds, CultureInfo.InvariantCulture), Console.In, answers);
}

if (args is ["classes", var tests, var list])
{
    File.WriteAllLines(list, TestRun.Classes(Assembly.Load(tests)));
    return 0;
}

return MutationCommand.Create().Parse(args).Invoke();

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
