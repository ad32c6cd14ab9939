using Sigma.Tests.Fuzzing;
using Xunit.Sdk;

namespace Sigma.Tests;

public sealed class SlowFirstTests
{
    [Fact]
    public void Slow_classes_come_first_and_the_others_as_they_were()
    {
        var assembly = new TestAssembly(Reflector.Wrap(typeof(SlowFirst).Assembly));
        var classes = new CollectionPerClassTestCollectionFactory(assembly, diagnosticMessageSink: null!);
        Type[] types = [typeof(SlowFirstTests), typeof(FuzzTests), typeof(ArchitectureTests), typeof(LibraryTests)];

        new SlowFirst().OrderTestCollections(types.Select(type => classes.Get(Reflector.Wrap(type)))).Select(one => one.DisplayName).Should().Equal(
            new[] { types[1], types[0], types[2], types[3] }.Select(type => classes.Get(Reflector.Wrap(type)).DisplayName));
    }
}
