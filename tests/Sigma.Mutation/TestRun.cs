using System.Globalization;
using System.Reflection;

namespace Sigma.Mutation;

/// <summary>Runs classes of tests in this process, up to the first test that fails. What is found goes line by line into a file.</summary>
/// <param name="assembly">The assembly of the tests.</param>
/// <param name="report">The file.</param>
internal sealed class TestRun(Assembly assembly, string report)
{
    /// <summary>The exit code of a run in which a test failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of a run in which a class took too long.</summary>
    public const int TooLong = 3;

    /// <summary>Begins the line of a report that says how many seconds of the processor the process took.</summary>
    public const string Seconds = "seconds ";

    /// <summary>The classes of an assembly that have tests.</summary>
    public static IEnumerable<string> Classes(Assembly assembly) => assembly.GetTypes()
        .Where(type => type is { IsPublic: true, IsAbstract: false } && type.GetMethods().Any(method => method.GetCustomAttributesData().Any(data => IsFact(data.AttributeType))))
        .Select(type => type.FullName!).Order(StringComparer.Ordinal);

    /// <summary>Runs classes.</summary>
    /// <param name="classes">Each with how many seconds of the processor it may take.</param>
    /// <returns>The exit code.</returns>
    public int Run(IEnumerable<(string Name, int Seconds)> classes)
    {
        using var tests = new TestCases(assembly);
        int count = 0;
        foreach ((string name, int seconds) in classes)
        {
            using var watchdog = new Watchdog(TimeSpan.FromSeconds(seconds), () => End($"too long: {name}", TooLong), () => { });
            var cases = tests.Find(name);
            if (tests.Run(cases) is { } failed)
            {
                End($"failed: {failed.Name}", Failed);
            }

            count += cases.Count;
        }

        WritePassed();
        File.AppendAllText(report, string.Create(CultureInfo.InvariantCulture, $"{Seconds}{Environment.CpuUsage.TotalTime.TotalSeconds:F1}\ntests {count}\n"));
        return 0;
    }

    private static bool IsFact(Type type) => type.FullName == "Xunit.FactAttribute" || (type.BaseType is { } parent && IsFact(parent));

    private void End(string why, int code)
    {
        WritePassed();
        File.AppendAllText(report, why.ReplaceLineEndings(" ") + "\n");

        // At once, without the ends that tests have in mind.
        Environment.Exit(code);
    }

    private void WritePassed()
    {
        IEnumerable<string> passed = Switches.Load(AppContext.BaseDirectory).Passed().Select(i => i.ToString(CultureInfo.InvariantCulture));
        File.AppendAllText(report, $"passed {string.Join(' ', passed)}\n");
    }
}
