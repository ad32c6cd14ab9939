using Sigma.Rules;

namespace Sigma.Events.Matching;

/// <summary>What is done with events that do not tell which log they are from.</summary>
internal sealed class UnknownEvents
{
    private readonly bool everything;
    private readonly string? product;
    private readonly string? service;
    private readonly string? category;

    private UnknownEvents(bool everything, string? product, string? service, string? category)
    {
        this.everything = everything;
        this.product = product;
        this.service = service;
        this.category = category;
    }

    /// <summary>They are tried on every rule: whoever gives them means them for it, as in a test of the rule.</summary>
    public static UnknownEvents OfTheRule { get; } = new(true, null, null, null);

    /// <summary>They are tried on the rules that name no product and no service, which are those of any log.</summary>
    public static UnknownEvents OfNoLog { get; } = new(false, null, null, null);

    /// <summary>They are of the log that the user names; what is null is left open.</summary>
    public static UnknownEvents Of(string? product, string? service, string? category) => new(false, product, service, category);

    /// <summary>Whether the user names no log for them.</summary>
    public bool AreOfNoLog => !everything && product is null && service is null && category is null;

    /// <summary>Whether they are tried on the rules of a log source: it must not be another than the user says, and the same in something unless it is that of any log.</summary>
    public bool AreFor(LogSource source)
    {
        if (everything)
        {
            return true;
        }

        bool? ofProduct = Agree(product, source.Product);
        bool? ofService = Agree(service, source.Service);
        bool? ofCategory = Agree(category, source.Category);
        return ofProduct is not false && ofService is not false && ofCategory is not false
            && (ofProduct is true || ofService is true || ofCategory is true || (source.Product is null && source.Service is null));
    }

    /// <summary>Whether both say the same; null if one of them says nothing.</summary>
    private static bool? Agree(string? said, string? ruled) =>
        said is null || ruled is null ? null : said.Equals(ruled, StringComparison.OrdinalIgnoreCase);
}
