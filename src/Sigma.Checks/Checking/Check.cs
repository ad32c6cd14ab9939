namespace Sigma.Checks.Checking;

/// <summary>Something that is looked for in rules.</summary>
internal abstract class Check
{
    /// <summary>What it is called and why it is made.</summary>
    public abstract CheckInfo Info { get; }
}

/// <summary>A check of each document by itself.</summary>
internal abstract class RuleCheck : Check
{
    /// <summary>Looks at a document.</summary>
    /// <param name="rule">The document; its YAML can be read, its meaning maybe not.</param>
    /// <param name="report">Takes the findings.</param>
    public abstract void Run(RuleText rule, Report report);
}

/// <summary>A check of a file's text.</summary>
internal abstract class FileCheck : Check
{
    /// <summary>Looks at a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="report">Takes the findings.</param>
    public abstract void Run(FileText file, Report report);
}

/// <summary>A check of all documents together.</summary>
internal abstract class RepositoryCheck : Check
{
    /// <summary>Whether it looks at what rules select, so that they have to be kept.</summary>
    public virtual bool NeedsRules => false;

    /// <summary>Looks at them.</summary>
    /// <param name="rules">What is kept of each document, in the order of the files.</param>
    /// <param name="report">Takes the findings.</param>
    public abstract void Run(IReadOnlyList<RuleSummary> rules, Report report);
}
