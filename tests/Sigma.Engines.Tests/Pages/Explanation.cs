namespace Sigma.Engines.Tests.Pages;

/// <summary>
/// History's text on its way to ours: each class of deviation rewrites what it calls wrong. A class counts only where it
/// changed something, and the page is explained only if the text ends up equal to ours.
/// </summary>
internal sealed class Explanation(PageRun page)
{
    private readonly List<string> classes = [];

    public PageRun Page { get; } = page;

    public string Text { get; private set; } = page.HistoryText;

    public IReadOnlyList<string> Classes => classes;

    public bool IsComplete => Text == Page.Ours && classes.Count > 0;

    /// <summary>Applies a class's rewriting.</summary>
    public Explanation Rewrite(string id, Func<string, RuleFacts, string> rewriting)
    {
        var next = rewriting(Text, Page.Facts);
        if (next != Text)
        {
            Add(id);
            Text = next;
        }

        return this;
    }

    /// <summary>Takes a class whose statement about the page was checked by other means than a rewriting.</summary>
    public Explanation Settle(string id, bool holds)
    {
        if (holds)
        {
            Add(id);
            Text = Page.Ours;
        }

        return this;
    }

    /// <summary>Notes a class beside another one that settles the text.</summary>
    public void Add(string id)
    {
        if (!classes.Contains(id))
        {
            classes.Add(id);
        }
    }
}
