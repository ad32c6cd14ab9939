using System.Globalization;
using System.Reflection;
using Sigma.Mutation;

// The same program runs the tests, in a process of its own for each mutant, from the folder that has the mutated library.
if (args is ["run", var name, var report, .. var classes])
{
    return new TestRun(Assembly.Load(name), report)
        .Run(classes.Select(one => one.Split(':')).Select(pair => (pair[0], int.Parse(pair[1], CultureInfo.InvariantCulture))));
}

if (args is ["classes", var tests, var list])
{
    File.WriteAllLines(list, TestRun.Classes(Assembly.Load(tests)));
    return 0;
}

return MutationCommand.Create().Parse(args).Invoke();
