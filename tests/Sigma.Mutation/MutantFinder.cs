using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sigma.Mutation;

/// <summary>Finds all changes that can be made to a file, in whatever does something: bodies of members, and the values that fields begin with.</summary>
internal static class MutantFinder
{
    /// <summary>All mutants of a file.</summary>
    public static IEnumerable<Mutant> Find(string file, SyntaxNode root)
    {
        var seen = new Dictionary<(string, string, string), int>();
        foreach (SyntaxNode host in Hosts(root))
        {
            foreach (SyntaxNode node in Parts(host))
            {
                foreach ((string kind, SyntaxNode instead) in Mutations.Of(node))
                {
                    (string, string, string) key = (kind, node.ToString(), instead.ToString());
                    seen[key] = seen.GetValueOrDefault(key) + 1;
                    yield return new Mutant(file, host, node, kind, instead, seen[key]);
                }
            }
        }
    }

    /// <summary>The members with a body, and the initial values of fields and properties. What is constant cannot depend on a switch.</summary>
    private static IEnumerable<SyntaxNode> Hosts(SyntaxNode root) => root.DescendantNodes().Where(node => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        PropertyDeclarationSyntax { ExpressionBody: not null } or IndexerDeclarationSyntax { ExpressionBody: not null } => true,
        EqualsValueClauseSyntax { Value: not InitializerExpressionSyntax, Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Value: not InitializerExpressionSyntax, Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    });

    private static IEnumerable<SyntaxNode> Parts(SyntaxNode host) => Bodies(host).SelectMany(body => body.DescendantNodesAndSelf(node =>
        node is not (AttributeListSyntax or TypeSyntax or ParameterListSyntax) && node is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } }));

    /// <summary>The parts of a member that do something.</summary>
    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode host) => host switch
    {
        BaseMethodDeclarationSyntax method => [(SyntaxNode?)method.Body ?? method.ExpressionBody!.Expression],
        AccessorDeclarationSyntax accessor => [(SyntaxNode?)accessor.Body ?? accessor.ExpressionBody!.Expression],
        PropertyDeclarationSyntax property => [property.ExpressionBody!.Expression],
        IndexerDeclarationSyntax indexer => [indexer.ExpressionBody!.Expression],
        EqualsValueClauseSyntax value => [value.Value],
        _ => [],
    };
}
