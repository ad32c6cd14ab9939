namespace Sigma.Pipelines;

/// <summary>What is done about fields that no pipeline maps, and about log sources whose log none names.</summary>
public enum UnmappedNames
{
    /// <summary>They are warnings; fields only where a pipeline says that its map is complete.</summary>
    WarnWhereMapIsComplete,

    /// <summary>They are not reported.</summary>
    Ignore,

    /// <summary>They are warnings; fields also where a pipeline does not say anything about the other fields.</summary>
    Warn,

    /// <summary>They are errors, and no query is written. Fields are reported as with <see cref="Warn"/>.</summary>
    Refuse,
}
