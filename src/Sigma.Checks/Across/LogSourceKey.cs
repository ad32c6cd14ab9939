namespace Sigma.Checks.Across;

/// <summary>What a log source asks for; empty where it does not.</summary>
/// <param name="Product">The product.</param>
/// <param name="Category">The category.</param>
/// <param name="Service">The service.</param>
internal readonly record struct LogSourceKey(string Product, string Category, string Service)
{
    /// <summary>The log source of a rule.</summary>
    public static LogSourceKey Of(LogSource source) => new(source.Product ?? "", source.Category ?? "", source.Service ?? "");

    /// <summary>The log sources that ask for nothing more, so that all events of this one are of theirs: itself is the first.</summary>
    public IEnumerable<LogSourceKey> Wider()
    {
        LogSourceKey own = this;
        return Enumerable.Range(0, 8)
            .Select(left => new LogSourceKey(
                (left & 1) == 0 ? own.Product : "", (left & 2) == 0 ? own.Category : "", (left & 4) == 0 ? own.Service : ""))
            .Distinct();
    }

    /// <summary>The parts that are asked for.</summary>
    public override string ToString() => string.Join('/', ((string[])[Product, Category, Service]).Where(part => part.Length > 0));
}
