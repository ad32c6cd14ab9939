using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Sigma.Tests.SlowFirst", "Sigma.Tests")]

namespace Sigma.Tests;

/// <summary>Starts the classes that are slow as a whole before the others, so that no long one is left alone at the end of a run.</summary>
public sealed class SlowFirst : ITestCollectionOrderer
{
    /// <summary>What xunit calls the tests of a class, before the name of the class.</summary>
    private const string OfClass = "Test collection for ";

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => IsSlow(collection.DisplayName));

    /// <summary>Whether tests of this name are those of a class with the trait <see cref="Tier.Slow"/>.</summary>
    internal static bool IsSlow(string collection) => collection.StartsWith(OfClass, StringComparison.Ordinal)
        && typeof(SlowFirst).Assembly.GetType(collection[OfClass.Length..].Split(' ')[0]) is { } type
        && type.GetCustomAttributesData().Any(one => one.AttributeType == typeof(TraitAttribute) && one.ConstructorArguments[1].Value is Tier.Slow);
}
